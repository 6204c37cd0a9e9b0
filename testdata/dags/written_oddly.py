"""The same, written oddly: continued lines, comments in between, semicolons, decorators with spaces, nested strings."""
from airflow.sdk import DAG, task, chain \
    , cross_downstream  # a comment
from airflow.providers.standard.operators.empty import (  # another
    EmptyOperator as E,  # of the name
)
import airflow.providers.standard.operators.bash as bash, datetime as dt
from datetime import *

D = DAG(
    # the id
    "written_oddly",
    schedule = None,  # none
    tags = ["a" "b", 'c' 'd' f"{1 + 1}"],
    start_date = datetime(2024, 1, 1), ); d = D
with D as dag, \
     d as again:
    a = E(task_id="a") ; b = E(task_id='b'); c = E(task_id = """c""")
    a \
        >> b \
        >> c
    (a >> # to
     [b,
      # and
      c])
    x = y = E(task_id=r"x")
    @task( # spaces
        task_id = "t_" "1",
    )
    # a comment
    def t(v = None, *, w: int | None = 3) -> "dict[str, int]": return v
    t1 = t()
    t2: object = t(w = t1)
    chain(*[a, x], *(
        t1,
    ))
    cross_downstream(to_tasks=[c], from_tasks=[t2, x])
    if (n := len(dag.tasks)) > 3: E(task_id=f"n{n}")
    [E(task_id=f'{p}{"-" if p else ""}{q}') for p in "uv" for q in range(2) if not (p == "u" and q)]
    (lambda i: E(task_id="lambda_%d" % i))(7)
    z = [E(task_id=i) for i in ("z1", "z2")]; z[0] >> z[-1:]
    s = {"k": 1} | {"j": 2}; E(task_id="_".join(f"{k}{v}" for k, v in sorted(s.items())))
    e = E(task_id="é_ü".replace("é", "e").replace("ü", "u"))
    bash.BashOperator(task_id="b" + str(0x10) + str(1_0), bash_command="") << e
    for i, (l, r) in enumerate([("p", "q"), ("r", "s")], 1): E(task_id=f"{l}{i}") >> E(task_id=f"{r}{i}")
    *head, tail = [E(task_id=f"h{i}") for i in range(3)]
    head >> tail
    async def never(): E(task_id="never")
    class K:
        made = E(task_id="in_class")
        def __init__(self): self.t = E(task_id="in_init")
        def __call__(self, n): return E(task_id=n)
        def __rshift__(self, other): return self.t >> other
    K().t >> K.made
    assert a is not None; del z
    not a or E(task_id="or_else")
    a and E(task_id="and_then")
    str(f"{a!r} {b=}")
    E(task_id="last" if True else "first")
