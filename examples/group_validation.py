"""Collect every error, raise them together, answer by category.

`return` inside `except*` is a Skein extension: the first clause that returns decides, but only when
no error is left unhandled. CPython (and `-X portable`) refuses this program with a SyntaxError.
"""
from dataclasses import dataclass


@dataclass
class ValidationError(Exception):
    field: str
    message: str


@dataclass
class BusinessRuleError(Exception):
    rule: str
    message: str


def validate_order(order: dict) -> None:
    field_errors: list[ValidationError] = []
    rule_errors: list[BusinessRuleError] = []
    # Field validation
    if not order.get("customer_id"):
        field_errors.append(ValidationError("customer_id", "required"))
    if not isinstance(order.get("total"), (int, float)):
        field_errors.append(ValidationError("total", "must be numeric"))
    if not order.get("items"):
        field_errors.append(ValidationError("items", "at least one item required"))
    # Business rules
    if order.get("total", 0) > 10000 and not order.get("approved"):
        rule_errors.append(BusinessRuleError(
            "high_value_approval", "orders over $10,000 require approval"
        ))
    if order.get("rush") and order.get("shipping") == "economy":
        rule_errors.append(BusinessRuleError(
            "rush_shipping", "rush orders cannot use economy shipping"
        ))
    all_errors = field_errors + rule_errors
    if all_errors:
        raise ExceptionGroup(f"order validation: {len(all_errors)} errors", all_errors)


def process(order):
    try:
        validate_order(order)
    except* ValidationError as eg:
        return {"status": "error", "field_errors": [
            {"field": e.field, "message": e.message} for e in eg.exceptions
        ]}
    except* BusinessRuleError as eg:
        return {"status": "error", "rule_violations": [
            {"rule": e.rule, "message": e.message} for e in eg.exceptions
        ]}
    return {"status": "ok"}


good = {"customer_id": 7, "total": 120.5, "items": ["pen"]}
print(process(good))
print(process({"total": 5, "items": []}))
print(process(good | {"total": 20000}))
print(process(good | {"total": 20000, "rush": True, "shipping": "economy"}))
# Both kinds: the first clause decides.
print(process({"total": 20000, "rush": True, "shipping": "economy"}))
try:
    # An error that is in no clause is never lost to a return.
    process({"customer_id": 7, "items": ["pen"], "total": "12"})
except TypeError as error:
    print("TypeError:", error)
