-- name: IsNotNull :many
-- expect: !?
SELECT k, w FROM a WHERE k IS NOT NULL;

-- name: Equality :many
-- expect: !?
SELECT k, w FROM a WHERE k = $1;

-- name: BothSides :many
-- expect: !!
SELECT k, w FROM a WHERE k < w;

-- name: ThroughArithmetic :many
-- expect: !!
SELECT k, w FROM a WHERE k + w > 3;

-- name: ThroughFunctions :many
-- expect: !
SELECT email FROM customers WHERE lower(email) = 'a';

-- name: ThroughCasts :many
-- expect: !
SELECT score FROM customers WHERE score::integer > 0;

-- name: NotThroughCoalesce :many
-- expect: ??
SELECT k, w FROM a WHERE coalesce(k, w) = 1;

-- name: CoalesceOfTwo :many
-- expect: ??!
SELECT k, w, coalesce(k, w) FROM a WHERE coalesce(k, w) IS NOT NULL;

-- name: CoalesceFalse :many
-- expect: !
SELECT k FROM a WHERE coalesce(k > 1, false);

-- name: CoalesceTrue :many
-- expect: ?
SELECT k FROM a WHERE coalesce(k > 1, true);

-- name: AndIsUnion :many
-- expect: !!
SELECT k, w FROM a WHERE k = 1 AND w = 2;

-- name: OrIsIntersection :many
-- expect: !?
SELECT k, w FROM a WHERE (k = 1 AND w = 2) OR k = 3;

-- name: OrWithNull :many
-- expect: ?
SELECT k FROM a WHERE k = 1 OR k IS NULL;

-- name: OrWithImpossible :many
-- expect: !
SELECT k FROM a WHERE k = 1 OR false;

-- name: NotEqual :many
-- expect: !
SELECT k FROM a WHERE NOT k = 1;

-- name: NotOfAnd :many
-- expect: ??
SELECT k, w FROM a WHERE NOT (k = 1 AND w = 2);

-- name: NotOfOr :many
-- expect: !!
SELECT k, w FROM a WHERE NOT (k = 1 OR w = 2);

-- name: NotIsNull :many
-- expect: !
SELECT k FROM a WHERE NOT (k IS NULL);

-- name: InList :many
-- expect: !
SELECT k FROM a WHERE k IN (1, 2, 3);

-- name: NotInList :many
-- expect: !
SELECT k FROM a WHERE k NOT IN (1, 2);

-- name: AnyArray :many
-- expect: !
SELECT k FROM a WHERE k = ANY ($1::integer[]);

-- name: AllArrayMayBeEmpty :many
-- expect: ?
SELECT k FROM a WHERE k <> ALL ($1::integer[]);

-- name: AllOfSomething :many
-- expect: !
SELECT k FROM a WHERE k <> ALL (ARRAY[1, 2]);

-- name: NotAnyArrayMayBeEmpty :many
-- expect: ?
SELECT k FROM a WHERE NOT k = ANY ($1::integer[]);

-- name: Between :many
-- expect: !
SELECT k FROM a WHERE k BETWEEN 1 AND 3;

-- name: NotBetween :many
-- expect: !?
SELECT k, w FROM a WHERE k NOT BETWEEN 1 AND w;

-- name: BetweenSymmetric :many
-- expect: !!
SELECT k, w FROM a WHERE k BETWEEN SYMMETRIC w AND 2;

-- name: Like :many
-- expect: !
SELECT email FROM customers WHERE email LIKE 'a%';

-- name: SimilarTo :many
-- expect: !
SELECT email FROM customers WHERE email SIMILAR TO 'a|b';

-- name: BooleanColumn :many
-- expect: !
SELECT active FROM customers WHERE active;

-- name: NotBooleanColumn :many
-- expect: !
SELECT active FROM customers WHERE NOT active;

-- name: IsTrue :many
-- expect: !
SELECT k FROM a WHERE (k > 1) IS TRUE;

-- name: IsNotFalse :many
-- expect: ?
SELECT k FROM a WHERE (k > 1) IS NOT FALSE;

-- name: IsFalse :many
-- expect: !
SELECT k FROM a WHERE (k > 1) IS FALSE;

-- name: IsNotUnknown :many
-- expect: !
SELECT k FROM a WHERE (k > 1) IS NOT UNKNOWN;

-- name: IsNotDistinctFromValue :many
-- expect: !
SELECT k FROM a WHERE k IS NOT DISTINCT FROM 1;

-- name: IsNotDistinctFromColumn :many
-- expect: ?
SELECT k FROM a WHERE k IS NOT DISTINCT FROM w;

-- name: IsDistinctFromValue :many
-- expect: ?
SELECT k FROM a WHERE k IS DISTINCT FROM 1;

-- name: IsDistinctFromNull :many
-- expect: !
SELECT k FROM a WHERE k IS DISTINCT FROM NULL;

-- name: RowEquality :many
-- expect: !!
SELECT k, w FROM a WHERE (k, w) = (1, 2);

-- name: RowInequality :many
-- expect: ??
SELECT k, w FROM a WHERE (k, w) <> (1, 2);

-- name: RowLess :many
-- expect: !?
SELECT k, w FROM a WHERE (k, w) < (2, 2);

-- name: RowIsNotNull :many
-- expect: !!
SELECT k, w FROM a WHERE (k, w) IS NOT NULL;

-- name: RowIsNotAllNull :many
-- expect: ??
SELECT k, w FROM a WHERE NOT ((k, w) IS NULL);

-- name: WholeRowIsNotNull :many
-- expect: !!!
SELECT k, v, w FROM a WHERE a IS NOT NULL;

-- name: UserStrictFunction :many
-- expect: !
SELECT k FROM a WHERE promise(k) = 2;

-- name: ExpressionItself :many
-- expect: !?
SELECT attrs ->> 'x', attrs ->> 'y' FROM customers WHERE attrs ->> 'x' IS NOT NULL;

-- name: NotTheVolatileItself :many
-- expect: ?
SELECT nullif(random() < 0.5, true) FROM a WHERE nullif(random() < 0.5, true) IS NOT NULL;

-- name: CaseInWhere :many
-- expect: !
SELECT k FROM a WHERE CASE WHEN k > 1 THEN true ELSE false END;

-- name: ConstantFalseBranch :many
-- expect: !
SELECT k FROM a WHERE k > 1 OR NULL;

-- name: Slice :many
-- expect: !
SELECT k FROM a WHERE k IN (sqlc.slice(ks));

-- name: NullableParameter :many
-- expect: ?
SELECT k FROM a WHERE k = sqlc.narg(x) OR sqlc.narg(x) IS NULL;

-- name: NullIfFact :many
-- expect: !
SELECT k FROM a WHERE nullif(k, 2) IS NOT NULL;

-- name: SubscriptFact :many
-- expect: !
SELECT tags FROM customers WHERE tags[1] = 'a';

-- name: GreatestFact :many
-- expect: ??
SELECT k, w FROM a WHERE greatest(k, w) > 1;

-- name: JsonPathFact :many
-- expect: ?
SELECT email FROM customers WHERE attrs @> '{}';

-- name: HavingFact :many
-- expect: !!
SELECT k, max(w) FROM a GROUP BY k HAVING max(w) > 1 AND k > 0;

-- name: HavingAggregate :many
-- expect: !
SELECT max(w) FROM a HAVING max(w) IS NOT NULL;

-- name: RowIsDistinctFromNull :many
-- expect: ?!?
SELECT * FROM a WHERE a IS DISTINCT FROM NULL;

-- name: RowNotNullIsDistinctFromNull :many
-- expect: !
SELECT b.k FROM a LEFT JOIN b ON a.k = b.k WHERE NOT (b IS NOT DISTINCT FROM NULL);

-- name: GroupingSetsHavingOfConstant :many
-- expect: ?
SELECT 'x'::text FROM a GROUP BY GROUPING SETS ((1 + 1), ('x'::text)) HAVING 'x'::text = ANY ('{x,y}');

-- name: FactOfVariadicCall :many
-- expect: ??
SELECT concat(VARIADIC tags), num_nulls(VARIADIC tags) FROM customers
WHERE concat(tags) IS NOT NULL AND num_nulls(tags) >= 0;

-- name: FactOfAggregateInOrder :many
-- expect: ?!
SELECT (array_agg(k ORDER BY k DESC))[1], (array_agg(k ORDER BY k))[1] FROM a GROUP BY v
HAVING (array_agg(k ORDER BY k ASC NULLS LAST))[1] IS NOT NULL;

-- name: FactOfAggregateInRandomOrder :many
-- expect: ?
SELECT (array_agg(k ORDER BY random()))[1] FROM a GROUP BY v
HAVING (array_agg(k ORDER BY random()))[1] IS NOT NULL;

-- name: FactUnderCollation :many
-- expect: ?!
SELECT substring(x COLLATE "C" FROM '(?i)é'), substring(x COLLATE "en-x-icu" FROM '(?i)é')
FROM (VALUES ('É')) AS s (x) WHERE substring(x COLLATE "en-x-icu" FROM '(?i)é') IS NOT NULL;

-- name: FactOfLookup :many
-- expect: ?!
SELECT to_regclass(label), label FROM tree WHERE to_regclass(label) IS NOT NULL;
