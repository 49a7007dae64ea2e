-- How far each lane has been read, and what it has sent but not yet seen acknowledged.
create table lane (
  lane      int      primary key,
  batch     bigint   not null,          -- moved by compare-and-set with every batch, and at take-over
  topic_ids uuid[]   not null,          -- a topic made anew under the same name is another topic
  offsets   bigint[] not null,          -- of the next record, one for each topic of the lane
  epochs    int[]    not null,          -- leader epoch of the last record; -1: none yet
  minted    bigint   not null,          -- how many ids this lane has minted
  constraint one_offset_and_epoch_for_each_topic check (
    cardinality(topic_ids) = cardinality(offsets) and cardinality(offsets) = cardinality(epochs))
);

-- A small ring: the last few batches' messages, produced again at take-over.
create table lane_outbox (
  lane     int    not null references lane,
  slot     int    not null,
  batch    bigint not null,
  messages bytea  not null,
  primary key (lane, slot)
);
alter table lane_outbox alter column messages set storage external;

-- Ends a batch: fails the whole transaction when somebody else has moved the lane.
create function move_lane(
  the_lane int, from_batch bigint, new_offsets bigint[], new_epochs int[], new_minted bigint,
  the_slot int, new_messages bytea) returns timestamptz
language plpgsql as $$
begin
  update lane
     set batch = from_batch + 1, offsets = new_offsets, epochs = new_epochs, minted = new_minted
   where lane = the_lane and batch = from_batch;
  if not found then
    raise exception 'lane % was taken over', the_lane using errcode = 'MU001';
  end if;
  if new_messages is null then
    delete from lane_outbox where lane = the_lane and slot = the_slot;
  else
    insert into lane_outbox (lane, slot, batch, messages)
    values (the_lane, the_slot, from_batch + 1, new_messages)
    on conflict (lane, slot) do update set batch = excluded.batch, messages = excluded.messages;
  end if;
  return clock_timestamp();
end $$;
