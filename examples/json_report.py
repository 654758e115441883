"""Reads records as JSON, groups them, writes a table and JSON again."""
import json
from itertools import groupby
from operator import itemgetter

SALES = """
[{"region": "north", "item": "tea",    "amount": 12.5, "day": "2024-03-01"},
 {"region": "south", "item": "coffee", "amount": 7.25, "day": "2024-03-01"},
 {"region": "north", "item": "coffee", "amount": 3,    "day": "2024-03-02"},
 {"region": "south", "item": "tea",    "amount": 1e1,  "day": "2024-03-03"},
 {"region": "west",  "item": "caf\\u00e9 glac\\u00e9", "amount": 4.75, "day": null}]
"""

records = sorted(json.loads(SALES), key=itemgetter("region"))
report = {}
for region, group in groupby(records, key=itemgetter("region")):
    amounts = [record["amount"] for record in group]
    report[region] = {"sales": len(amounts), "total": sum(amounts), "spread": max(amounts) - min(amounts)}

print(f"{'region':<8}|{'sales':^7}|{'total':>10}")
print("-" * 27)
for region, row in report.items():
    print(f"{region:<8}|{row['sales']:^7}|{row['total']:>10,.2f}")
print(json.dumps(report, indent=2, sort_keys=True))
print(json.dumps({"items": sorted({r["item"] for r in records})}, ensure_ascii=False))
try:
    json.loads('{"broken": [1, 2')
except json.JSONDecodeError as error:
    print("JSONDecodeError:", error)
