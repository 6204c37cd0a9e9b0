"""Names out of the library: dataclasses, named tuples, sets, queues, formats, recursion over a tree."""
from __future__ import annotations
import os, sys, json, uuid, random, string, re, textwrap, hashlib, base64, math
from collections import defaultdict, OrderedDict, deque, Counter
from datetime import datetime, timedelta, timezone, date
from pathlib import Path
from typing import NamedTuple, TypedDict, TYPE_CHECKING, cast, Literal
from dataclasses import dataclass, field
import pendulum
from airflow.sdk import DAG, dag, task, task_group, TaskGroup, chain, Asset, Param, Variable, Connection
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator, BranchPythonOperator
from airflow.providers.standard.sensors.bash import BashSensor
from airflow.providers.standard.sensors.date_time import DateTimeSensor
from airflow.timetables.interval import CronDataIntervalTimetable
from airflow.timetables.trigger import CronTriggerTimetable
if TYPE_CHECKING:
    from airflow.sdk import Context
HERE = os.path.dirname(os.path.abspath(__file__))
ENV = os.environ.get("DEPLOY_ENV", "dev").lower()
IS_PROD = ENV == "prod"
class Job(NamedTuple):
    name: str
    hour: int = 3
    after: tuple[str, ...] = ()
class Cfg(TypedDict, total=False):
    a: str
JOBS = [Job("alpha"), Job("beta", 4, ("alpha",)), Job(name="gamma", after=("alpha", "beta"))]
@dataclass(frozen=True)
class Node:
    id: str
    kids: list[str] = field(default_factory=list)
    def label(self, up=False):
        return self.id.upper() if up else self.id
TREE = {n.id: n for n in (Node("root", ["l", "r"]), Node("l"), Node("r", ["rl"]), Node("rl"))}
def slug(s: str, sep: str = "_") -> str:
    """Slug."""
    s = s.strip().lower()
    return sep.join(part for part in s.split() if part)
def walk(d, node: Node, parent=None, depth=0):
    t = EmptyOperator(task_id=f"{node.label(up=depth == 0)}_{depth}", dag=d)
    if parent is not None:
        parent >> t
    for kid in node.kids:
        walk(d, TREE[kid], t, depth + 1)
    return t
with DAG(slug("Tree  Of Things"), schedule=CronTriggerTimetable("0 1 * * *", timezone="UTC"), start_date=pendulum.today("UTC").add(days=-1)) as tree:
    walk(tree, TREE["root"])
with DAG(
    dag_id="jobs" if not IS_PROD else "jobs_prod",
    schedule=None if not IS_PROD else "@daily",
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    params={"x": Param(1, type="integer")},
    render_template_as_native_obj=True,
    max_active_runs=1,
) as jobs:
    made: dict[str, BashOperator] = {}
    for name, hour, after in JOBS:
        made[name] = BashOperator(task_id=f"{name}_{hour:02}", bash_command="echo")
        for a in after:
            made[a] >> made[name]
    groups = defaultdict(list)
    for j in JOBS:
        groups[len(j.after)].append(j.name)
    for size, names in sorted(groups.items()):
        with TaskGroup(f"size_{size}"):
            for n in names:
                EmptyOperator(task_id=n)
    c = Counter("abca")
    queue = deque(["q1", "q2"])
    while queue:
        EmptyOperator(task_id=queue.popleft())
    EmptyOperator(task_id=re.sub(r"[^a-z]+", "-", "ab--cd__ef"))
    EmptyOperator(task_id=hashlib.md5(b"x").hexdigest()[:8]) if False else None
    EmptyOperator(task_id="x".join(reversed(["1", "2"])))
    EmptyOperator(task_id=f"{math.floor(3.7)}_{round(2.4)}_{max(1, 2)}_{min([3, 4])}_{sum(range(4))}_{abs(-2)}")
    EmptyOperator(task_id="lo" if len([x for x in range(10) if x > 5]) == 4 else "hi")
    EmptyOperator(task_id=Path("a/b.c.sql").stem + Path("x.txt").suffix.replace(".", "_") + os.path.basename("k/l.m").split(".")[0])
    EmptyOperator(task_id=str(timedelta(days=1).days))
    try:
        val = int("nope")
    except (ValueError, TypeError) as exc:
        val = -1
    finally:
        EmptyOperator(task_id="fin")
    EmptyOperator(task_id=f"val{val}".replace("-", "m"))
    d = dict([("k", "v")], z="y"); d.update(w="u"); d |= {"q": "p"}
    for k, v in d.items():
        EmptyOperator(task_id=f"d_{k}{v}")
    matrix = [[f"m{i}{j}" for j in range(2)] for i in range(2)]
    ts = [[EmptyOperator(task_id=m) for m in row] for row in matrix]
    for row in ts: chain(*row)
    for col in zip(*ts): col[0] >> list(col[1:])
    s = set("ab") | {"c"}
    for x in sorted(s - {"a"}): EmptyOperator(task_id=f"set_{x}")
    def deco(fn):
        def inner(*args, **kwargs):
            return fn(*args, **kwargs)
        return inner
    @deco
    def mk(n, **kw): return EmptyOperator(task_id=n, **kw)
    mk("decorated", retries=1) >> mk("decorated2")
    @task
    @deco
    def under(): pass
    def cond(x, /, y=1, *, z): return x if z else y
    EmptyOperator(task_id=cond("pos", z=True))
    fns = {"a": lambda i: f"fa{i}", "b": lambda i: f"fb{i}"}
    for k, f in fns.items(): EmptyOperator(task_id=f(k))
    nums = iter([1, 2]); EmptyOperator(task_id=f"next{next(nums)}")
    first, *_, lastt = "abcd"
    EmptyOperator(task_id=first + lastt)
    EmptyOperator(task_id=" pad ".strip().rjust(5, "_").center(7, "-").strip("-"))
    EmptyOperator(task_id=f"{'abc':>5}|{1234567:,}|{0.5:.0%}".replace(" ", "").replace("|", ".").replace(",", "").replace("%", ""))
    EmptyOperator(task_id="a\x62c\u0064")
    EmptyOperator(task_id=b"bytes".decode())
    EmptyOperator(task_id=json.loads(json.dumps({"id": ["j1"]}))["id"][0])
    for i in range(3):
        if i == 0: continue
        elif i == 2: pass
        EmptyOperator(task_id=f"cont{i}")
    x = [*range(2), *[5]]; EmptyOperator(task_id="".join(map(str, x)))
    del x
    EmptyOperator(task_id=f"{__name__ != '__main__'}")
    EmptyOperator(task_id=ENV[::-1] + ENV[1:] + ENV[:-1] + ENV[-1])
    DateTimeSensor(task_id="dts", target_time="{{ next_execution_date }}") >> BashSensor(task_id="bs", bash_command="true")
    globals().update(alias=jobs)
    if jobs.task_dict.get("nothing") is None and "fin" in jobs.task_ids and jobs.has_task("fin"):
        EmptyOperator(task_id=f"count{len(jobs.tasks) > 5}")
    for t in jobs.tasks:
        if t.task_id.startswith("cont") and isinstance(t, EmptyOperator):
            t >> EmptyOperator(task_id=f"post_{t.task_id}")
    ops = [o for o in jobs.tasks if o.task_id in ("cont1", "cont2")]
    ops >> EmptyOperator(task_id="all_cont")
    EmptyOperator(task_id="w1").set_downstream(EmptyOperator(task_id="w2"))
    BranchPythonOperator(task_id="bp", python_callable=lambda **k: "w1") >> [jobs.get_task("w1"), jobs.get_task("fin")]
