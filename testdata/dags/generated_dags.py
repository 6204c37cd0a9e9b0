"""DAGs made in loops and by functions of a table; the ways that names are put together."""
import logging
from datetime import datetime, timedelta
from functools import partial, reduce
from typing import Dict, List, Optional
import pendulum
from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup
from airflow.utils.trigger_rule import TriggerRule
from airflow.models.baseoperator import chain
log = logging.getLogger(__name__)
DEFAULT = dict(owner="x", retries=1, retry_delay=timedelta(minutes=1))
TABLES: List[Dict] = [
    {"name": "a", "deps": []},
    {"name": "b", "deps": ["a"]},
    {"name": "c", "deps": ["a", "b"], "enabled": True},
    {"name": "d", "deps": ["c"], "enabled": False},
]
def _task_name(t: str, suffix: Optional[str] = None) -> str:
    parts = [t]
    if suffix is not None:
        parts.append(suffix)
    return "__".join(parts)
def create_dag(dag_id, schedule, default_args=None, **kw):
    dag = DAG(dag_id, schedule=schedule, default_args=default_args or DEFAULT, start_date=pendulum.datetime(2023,1,1), catchup=False, **kw)
    with dag:
        start = EmptyOperator(task_id="start"); end = EmptyOperator(task_id="end", trigger_rule=TriggerRule.ALL_DONE)
        ops = {}
        for t in TABLES:
            if not t.get("enabled", True):
                continue
            ops[t["name"]] = PythonOperator(task_id=_task_name(t["name"], "load"), python_callable=partial(print, t["name"]))
            if t["deps"]:
                for d in t["deps"]:
                    ops[d] >> ops[t["name"]]
            else:
                start >> ops[t["name"]]
        list(ops.values()) >> end
    return dag
for i, sched in enumerate(["@daily", None, "@weekly"], start=1):
    did = f"gen_{i:03d}"
    globals()[did] = create_dag(did, sched, tags=["gen", f"n{i}"])
with DAG("mixed", start_date=datetime(2023,1,1), schedule=None) as mixed:
    groups = []
    for g in range(3):
        with TaskGroup(group_id=f"g{g}") as tg:
            a = BashOperator(task_id="a", bash_command="x")
            b = BashOperator(task_id="b", bash_command="x")
            a >> b
        groups.append(tg)
    chain(*groups)
    for before, after in zip(groups, groups[1:]):
        before["b"] >> after["a"]
    x = reduce(lambda p, q: p >> q, [EmptyOperator(task_id=f"r{i}") for i in range(3)])
    groups[-1] >> x
    q = [BashOperator(task_id=f"q{i}", bash_command="") for i in range(4) if i % 2 == 0]
    q[0] >> q[-1]
    q[0].set_downstream([EmptyOperator(task_id="m1"), EmptyOperator(task_id="m2")])
    nested = {"k": {"t": EmptyOperator(task_id="nest")}}
    nested["k"]["t"] << q
    first = None
    for n in ["p", "q", "r"][::-1]:
        t = EmptyOperator(task_id=f"rev_{n}")
        first and first >> t
        first = t
    a, (b, c) = EmptyOperator(task_id="ta"), (EmptyOperator(task_id="tb"), EmptyOperator(task_id="tc"))
    a >> [b, c] >> EmptyOperator(task_id="td") << EmptyOperator(task_id="te")
    s = """x {0} {1!r:>4}""".format(1, "z")
    EmptyOperator(task_id=f"{'a' if len(s) > 3 else 'b'}_{len(s)}_{3.5:.1f}_{7:02d}_{'up'.upper()}")
    EmptyOperator(task_id="t_%02d_%s" % (4, "z"))
    EmptyOperator(task_id="-".join(sorted({"b", "a"})))
    EmptyOperator(task_id=str(10 // 3) + "x" * 2)
    [EmptyOperator(task_id=f"lc_{k}_{v}") for k, v in {"a": 1, "b": 2}.items()]
    {n: EmptyOperator(task_id=f"dc_{n}") for n in map(str, range(2))}
    any(EmptyOperator(task_id=f"any{i}") is None for i in range(2))
    def add(prefix, *names, sep="_", **opts):
        made = [EmptyOperator(task_id=f"{prefix}{sep}{n}", **opts) for n in names]
        chain(*made)
        return made[0], made[-1]
    lo, hi = add("va", "x", "y", "z", retries=2)
    hi2 = add(*["vb", "k", "l"], sep="-")[1]
    hi >> hi2
    while len(q) > 1:
        q.pop() >> EmptyOperator(task_id=f"pop{len(q)}")
    if "a" in nested or not nested.get("zz"):
        EmptyOperator(task_id="cond1")
    elif True:
        EmptyOperator(task_id="cond2")
    try:
        v = {}["missing"]
    except KeyError:
        v = "default"
    EmptyOperator(task_id=f"try_{v}")
    for _ in range(2):
        for j in range(3):
            if j == 1:
                break
            EmptyOperator(task_id=f"brk_{_}_{j}")
        else:
            EmptyOperator(task_id=f"never_{_}")
