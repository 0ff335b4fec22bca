-- Intervals: fields and precision decide what a literal means and what is left of it.
CREATE VIEW fields AS SELECT interval '1' year AS a, interval '5' minute AS b, interval '1-2' year to month AS c, interval '1.5' month AS d, interval '1 5:06' day to hour AS e, interval '7:08' minute to second AS f, interval '3 4:05:06.7' day AS g, interval '1 year 13 mons 5 days' month AS h, interval '-25:59:59' hour AS i;
CREATE VIEW precisions AS SELECT interval(2) '1.23456' AS a, interval(0) '-1.5' AS b, interval '1.9999' second(3) AS c, interval '1 day 00:00:59.96' day to second(1) AS d, interval(6) '0.0000015' AS e;
CREATE VIEW signs AS SELECT interval '1 year -2 mons' AS a, interval '-1 year 2 mons 3 days -04:05:06.789' AS b, interval '-1 mon 1 day' AS c, interval '-1 day +02:03:04' AS d, interval '1 day -00:00:01' AS e, interval '1 mon ago' AS f, interval '0' AS g, interval 'P1Y2M3DT4H5M6.5S' AS h;
CREATE TABLE t (
    a interval DEFAULT interval '1' year,
    b interval DEFAULT interval '1' day,
    c interval year to month DEFAULT '14',
    d interval(1) DEFAULT '1.25 sec',
    e interval DEFAULT '1.5 weeks',
    CHECK (b > interval '5' minute AND a < '999 centuries'));
