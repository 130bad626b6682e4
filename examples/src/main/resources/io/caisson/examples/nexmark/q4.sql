-- Average price of a category: of the highest bids for its auctions while they were open.
CREATE MATERIALIZED VIEW q4 AS
SELECT q.category, AVG(q.final) AS final
FROM (
  SELECT a.id, a.category, MAX(b.price) AS final
  FROM auction AS a JOIN bid AS b ON a.id = b.auction AND b.date_time BETWEEN a.date_time AND a.expires
  GROUP BY a.id, a.category
) AS q
GROUP BY q.category;
