-- The attributes of a collation.
create collation c1 ("Lc_Collate" = 'C', "Lc_Ctype" = 'C');
create collation c1 (locale = 'C', locale = 'C');
create collation c1 (locale = 'C', lc_collate = 'C');
create collation c1 (from = "C", version = '1');
create collation c1 (deterministic = true, deterministic = false, locale = 'C');
create collation c1 (lc_collate = 'C');
create collation c1 (lc_ctype = 'C');
create collation c1 (provider = icu, lc_collate = 'en');
create collation c1 (provider = nonsense, locale = 'C');
create collation c1 (locale = 'C', deterministic = false);
create collation c1 from "default";
create collation c1 from nonsense;
create collation c1 from "C";
create collation c2 (locale = 'C');
create collation c2 (locale = 'C');
create collation c4 (nonsense = 1);
create collation c4 (provider = icu);
