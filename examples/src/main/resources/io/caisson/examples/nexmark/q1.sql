-- Currency conversion: prices in euros.
CREATE MATERIALIZED VIEW q1 AS
SELECT auction, bidder, CAST(0.908 * price AS NUMERIC(23, 3)) AS price, date_time, extra FROM bid;
