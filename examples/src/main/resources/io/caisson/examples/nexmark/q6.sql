-- Average selling price by seller: over each closing bid and the ten before it.
CREATE MATERIALIZED VIEW q6 AS
SELECT
  q.seller,
  q.id,
  AVG(q.price) OVER (PARTITION BY q.seller ORDER BY q.date_time, q.id ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) AS avg_price
FROM (
  SELECT a.id, a.seller, b.price, b.date_time,
    ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.date_time) AS place
  FROM auction AS a JOIN bid AS b ON a.id = b.auction AND b.date_time BETWEEN a.date_time AND a.expires
) AS q
WHERE q.place <= 1;
