-- Add channel id: a number for the well-known channels, for others what their page says.
CREATE MATERIALIZED VIEW q21 AS
SELECT
  auction, bidder, price, channel,
  CASE
    WHEN LOWER(channel) = 'apple' THEN '0'
    WHEN LOWER(channel) = 'google' THEN '1'
    WHEN LOWER(channel) = 'facebook' THEN '2'
    WHEN LOWER(channel) = 'baidu' THEN '3'
    ELSE SUBSTRING(url FROM '(?:&|^)channel_id=([^&]*)')
  END AS channel_id
FROM bid
WHERE SUBSTRING(url FROM '(?:&|^)channel_id=([^&]*)') IS NOT NULL
  OR LOWER(channel) IN ('apple', 'google', 'facebook', 'baidu');
