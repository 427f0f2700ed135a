"""python3 merge.py DIR: every guide whole, a line each, from items.jsonl.gz and guides.jsonl.gz in the folder."""
import gzip, json, sys

rows = lambda name: map(json.loads, gzip.open(f"{sys.argv[1]}/{name}.jsonl.gz", "rt", encoding="utf-8"))
standards = {p["id"]: p["standard"] for i in rows("items") for p in i["procedures"]}
for g in rows("guides"):
    guide = {**standards[g["item"]["id"] + "/" + g["procedure"]["no"]], **g["differs"]}
    print(json.dumps({"id": g["id"], "guide": guide}, ensure_ascii=False))
