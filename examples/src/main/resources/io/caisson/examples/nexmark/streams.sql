-- The three streams of an online auction. Rows may come four seconds later than newer ones.
CREATE STREAM person (
  id BIGINT,
  name TEXT,
  email_address TEXT,
  credit_card TEXT,
  city TEXT,
  state TEXT,
  date_time TIMESTAMP(3),
  extra TEXT,
  WATERMARK FOR date_time AS date_time - INTERVAL '4' SECOND
);

CREATE STREAM auction (
  id BIGINT,
  item_name TEXT,
  description TEXT,
  initial_bid BIGINT,
  reserve BIGINT,
  date_time TIMESTAMP(3),
  expires TIMESTAMP(3),
  seller BIGINT,
  category BIGINT,
  extra TEXT,
  WATERMARK FOR date_time AS date_time - INTERVAL '4' SECOND
);

CREATE STREAM bid (
  auction BIGINT,
  bidder BIGINT,
  price BIGINT,
  channel TEXT,
  url TEXT,
  date_time TIMESTAMP(3),
  extra TEXT,
  WATERMARK FOR date_time AS date_time - INTERVAL '4' SECOND
);
