# An exception that is no group: its frames with their lines, carets under the last.
import json

def load(text, key):
    return json.loads(text)[key]

def main():
    print(load('{"a": 1}', "a"))
    load("[1, 2", 0)

main()
