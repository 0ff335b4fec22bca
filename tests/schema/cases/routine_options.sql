-- Options of functions, aggregates and operators.
create function f2(int) returns int language sql as 'a', 'b';
create function f2(int) returns int language plpgsql as 'a', 'b';
create function f2(int) returns int language c as 'a', 'b', 'c';
create function f2(int) returns int language sql;
create function f2(int) returns int as 'select 1';
create function f2(int) returns int language sql language sql as 'select 1';
create function f2(int) returns int language sql immutable stable as 'select 1';
create function f2(int) returns int language sql strict strict as 'select 1';
create function f2(int) returns int language sql parallel pear as 'select 1';
create function f2(int) returns int language sql cost 0 as 'select 1';
create function f2(int) returns int language sql cost -1 as 'select 1';
create function f2(int) returns int language sql rows 10 as 'select 1';
create function f2(int) returns setof int language sql rows 0 as 'select 1';
create aggregate ag(int) (sfunc = int4pl, stype = int4, parallel = pear);
create aggregate ag(int) (sfunc = int4pl, stype = int4, parallel = safe);
create operator #*# (rightarg = setof int8, function = factorial);
create operator #*# (leftarg = setof int8, rightarg = int8, function = factorial);
