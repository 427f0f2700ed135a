# gunzip -k items.jsonl.gz guides.jsonl.gz; jq -cn --slurpfile items items.jsonl -f merge.jq guides.jsonl: every guide whole, a line each.
INDEX($items[].procedures[]; .id) as $procedures
| inputs
| {id, guide: ($procedures[.item.id + "/" + .procedure.no].standard + .differs)}
