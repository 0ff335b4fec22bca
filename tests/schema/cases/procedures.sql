-- What procedures cannot have.
create procedure pr() language sql strict as 'select 1';
create procedure pr() language sql immutable as 'select 1';
create procedure pr() window language sql as 'select 1';
create procedure pr() cost 10 language sql as 'select 1';
create procedure pr() leakproof language sql as 'select 1';
create procedure pr() parallel safe language sql as 'select 1';
create procedure pr() security definer set search_path to public language sql as 'select 1';
alter procedure pr() strict;
alter routine pr() immutable;
alter procedure pr() security invoker;
create procedure pq(a variadic int[], b out int) language sql as 'select 1';
create procedure pq(a int default 1, b out int) language sql as 'select 1';
create procedure pq(a int, b out int) language sql as 'select 1';
create procedure pq2(b out int, variadic a int[]) language sql as 'select 1';
