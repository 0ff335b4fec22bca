-- EXPLAIN ANALYZE runs what it explains.
explain analyze create table ex as select 1 a;
select * from ex;
explain create table ex2 as select 1 a;
drop table ex2;
explain (analyze false) create table ex2 as select 1 a;
drop table ex2;
explain (analyze) select 1 a into ex3;
drop table ex3;
