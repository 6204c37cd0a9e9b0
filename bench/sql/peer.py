"""Column lineage of the queries in a file, by one peer: how much CPU each round took, and what was found.

usage: peer.py sqlglot|datahub FILE.json ROUNDS

FILE.json: {"queries": [{"set", "sql"}], "schema": {set: {table: [column]}}}. Prints one line of JSON:
{"version", "rounds": [CPU seconds of a round], "found": [columns of a query that have a source]}.
"""

import json
import logging
import sys
import time

logging.disable(logging.CRITICAL)


def sqlglot_reader(schemas):
    import sqlglot
    import sqlglot.parser
    from sqlglot import exp
    from sqlglot.lineage import lineage
    from sqlglot.schema import MappingSchema

    # Made once, as ours: the schema is not part of a statement's cost.
    mapped = {
        name: MappingSchema({table: dict.fromkeys(columns, "text") for table, columns in tables.items()}, dialect="postgres")
        for name, tables in schemas.items()
    }
    compiled = sqlglot.parser.__file__.endswith(".so")

    def read(query):
        # All columns in one call share what they have in common: the fastest way that sqlglot offers.
        nodes = lineage(None, query["sql"], mapped[query["set"]], dialect="postgres")
        return sum(any(isinstance(one.expression, exp.Table) for one in node.walk()) for node in nodes.values())

    return f"sqlglot {sqlglot.__version__}, {'compiled' if compiled else 'not compiled'}", read


def datahub_reader(schemas):
    import sqlglot
    import sqlglot.parser
    from datahub import __version__ as version
    from datahub.sql_parsing import sqlglot_lineage as module
    from datahub.sql_parsing.schema_resolver import SchemaResolver

    resolvers = {}
    for name, tables in schemas.items():
        resolver = SchemaResolver(platform="postgres")
        for table, columns in tables.items():
            urn = f"urn:li:dataset:(urn:li:dataPlatform:postgres,db.public.{table},PROD)"
            resolver.add_raw_schema_info(urn, dict.fromkeys(columns, "text"))
        resolvers[name] = resolver


    def read(query):
        arguments = {"schema_resolver": resolvers[query["set"]], "default_db": "db", "default_schema": "public"}
        # The function behind the cache of whole answers: the second round would measure the cache.
        result = module._sqlglot_lineage_nocache(query["sql"], **arguments)
        return sum(len(one.upstreams) > 0 for one in result.column_lineage or [])

    compiled = sqlglot.parser.__file__.endswith(".so")
    return f"DataHub {version} on sqlglot {sqlglot.__version__}{', compiled' if compiled else ''}", read


def main():
    peer, file, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(file, encoding="utf8") as opened:
        given = json.load(opened)
    version, read = {"sqlglot": sqlglot_reader, "datahub": datahub_reader}[peer](given["schema"])
    found = []
    for query in given["queries"]:
        try:
            found.append(read(query))
        except Exception as error:
            print(f"{peer}: {query.get('id')}: {error!r}"[:300], file=sys.stderr)
            found.append(0)
    times = []
    for _ in range(rounds):
        began = time.process_time()
        for query in given["queries"]:
            try:
                read(query)
            except Exception:
                pass
        times.append(time.process_time() - began)
    print(json.dumps({"version": version, "rounds": times, "found": found}))


main()
