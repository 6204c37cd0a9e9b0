-- schema: HR.EMP(ID, NAME, SALARY, BOSS_ID)

SELECT e.name, b.name AS boss FROM hr.emp e, hr.emp b WHERE e.boss_id = b.id (+);

SELECT LEVEL AS depth, CONNECT_BY_ROOT name AS top, name FROM hr.emp START WITH boss_id IS NULL CONNECT BY PRIOR id = boss_id;

SELECT listagg(name, ', ') WITHIN GROUP (ORDER BY salary) AS names, max(name) KEEP (DENSE_RANK FIRST ORDER BY salary) AS poorest FROM hr.emp;

INSERT ALL INTO hr.names (id, name) VALUES (id, name) INTO hr.pay (id, salary) VALUES (id, salary) SELECT id, name, salary FROM hr.emp;

MERGE INTO hr.pay p USING hr.emp e ON (p.id = e.id)
WHEN MATCHED THEN UPDATE SET p.salary = e.salary DELETE WHERE p.salary = 0
WHEN NOT MATCHED THEN INSERT (id, salary) VALUES (e.id, e.salary);

UPDATE (SELECT p.salary AS old_pay, e.salary AS new_pay FROM hr.pay p JOIN hr.emp e ON p.id = e.id) SET old_pay = new_pay;

CREATE OR REPLACE PROCEDURE hr.raise_all IS
  CURSOR c IS SELECT id, salary FROM hr.emp;
BEGIN
  FOR r IN c LOOP
    INSERT INTO hr.raises (emp_id, pay) VALUES (r.id, r.salary * 1.1);
  END LOOP;
  EXECUTE IMMEDIATE 'INSERT INTO hr.audit_log SELECT id FROM hr.emp';
END;
/
