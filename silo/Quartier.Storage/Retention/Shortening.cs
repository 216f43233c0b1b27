using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Storage.Annotations;
using Quartier.Storage.Blocks;
using Quartier.Storage.Partitions;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>
/// Applies shorter retentions to what is stored: it moves to the partition in which it would be, had the retention held from the beginning. A move
/// is noted in city.db first; until it is noted as done, readings that stand in two partitions are read as one.
/// </summary>
internal sealed class Shortening(StoreCore core, Sealer sealer)
{
    /// <summary>Readings that arrive while a move is under way may need another round; more rounds than this are left to the next call.</summary>
    private const int MostRounds = 8;

    private readonly BlockMerge _merge = new(core.Options.BlockReadings);

    /// <summary>Takes up terms and moves what they shorten; returns the readings moved by datastream.</summary>
    public Dictionary<DatastreamKey, long> Apply(IEnumerable<DatastreamTerms> terms)
    {
        var known = Known(terms);
        var shortened = known.Where(IsShortened).ToList();
        var moved = new Dictionary<DatastreamKey, long>();
        if (shortened.Count > 0)
        {
            Announce(shortened);
            Move(shortened, moved);
        }

        var rolled = known.Where(TakeUpRollUps).ToList();
        MoveRollUps(rolled);
        Finish(shortened, rolled);
        return moved;
    }

    /// <summary>What <see cref="Apply"/> would move.</summary>
    public Dictionary<DatastreamKey, MovedReadings> Count(IEnumerable<DatastreamTerms> terms)
    {
        var days = Known(terms).Where(IsShortened).ToDictionary(s => s.Stream.Number, s => s.Retention.RawDays);
        Check(sealer.Seal((stream, block) => days.TryGetValue(stream.Number, out var raw) && IsMisplaced(block, raw)));
        var counts = new Dictionary<DatastreamKey, MovedReadings>();
        foreach (var day in days.Count > 0 ? core.Partitions.Days : [])
        {
            foreach (var number in Misplaced(day, days))
            {
                var key = core.Datastreams[number].Key;
                var stayingMs = EventDay.StartMs(day - days[number]);
                var readings = core.Partitions.Read(day, number, long.MinValue, stayingMs).SelectMany(BlockCodec.Decode).LongCount(r => r.TimeMs < stayingMs);
                var annotations = core.Partitions.Query(day, [], database => AnnotationTable.Annotations.Count(database, number, stayingMs))
                    .Concat(core.Partitions.Query(day, [], database => AnnotationTable.Corrections.Count(database, number, stayingMs)));
                var known = counts.GetValueOrDefault(key);
                counts[key] = new(known.Readings + readings, known.Annotations + annotations.Sum());
            }
        }

        return counts;
    }

    /// <summary>Completes what an earlier call, or a crash, left.</summary>
    public void Resume()
    {
        var left = core.City.Read(ShorteningTable.Read).Where(row => core.Datastreams.Find(row.Number) is not null);
        var terms = left.Select(row => TermsAt(core.Datastreams[row.Number], row.RawDays)).ToList();
        if (terms.Count > 0)
        {
            Apply(terms);
        }
    }

    private List<TermsOf> Known(IEnumerable<DatastreamTerms> terms) =>
        [.. terms.Select(t => (Stream: core.Datastreams.Find(t.Key), Terms: t)).Where(t => t.Stream is not null)
            .Select(t => new TermsOf(t.Stream!, t.Terms.Retention))];

    private static DatastreamTerms TermsAt(Datastream stream, int rawDays)
    {
        lock (stream.Gate)
        {
            return new(stream.Key, new(rawDays, stream.RollUps.Hours.LastOrDefault(), stream.RollUps.Days.LastOrDefault()), TimeZoneInfo.Utc.Id);
        }
    }

    private static bool IsShortened(TermsOf terms)
    {
        lock (terms.Stream.Gate)
        {
            return terms.Stream.IsMoving || Array.Exists(terms.Stream.Retentions, r => r > terms.Retention.RawDays);
        }
    }

    private void Announce(List<TermsOf> shortened)
    {
        core.City.Write(database => shortened.ForEach(s => ShorteningTable.Add(database, s.Stream.Number, s.Retention.RawDays)));
        foreach (var (stream, retention) in shortened)
        {
            lock (stream.Gate)
            {
                stream.IsMoving = true;
                Register(stream, retention.RawDays);
            }
        }
    }

    private void Register(Datastream stream, int days)
    {
        if (stream.SetRetention(days))
        {
            var records = new Journals.RecordWriter();
            records.AddDatastream(stream.Number, stream.Key, days);
            stream.LastTicket = core.Journal.Append(records.Finish(), int.MaxValue);
            sealer.EnqueueStale(stream);
        }
    }

    // The journal's files go with the first round: they name the longer retention.
    private void Move(List<TermsOf> shortened, Dictionary<DatastreamKey, long> moved)
    {
        var days = shortened.ToDictionary(s => s.Stream.Number, s => s.Retention.RawDays);
        Check(core.Journal.FlushAndRotate() && sealer.SealBefore(core.Journal.End));
        for (var round = 0; round < MostRounds; round++)
        {
            sealer.Exclusively(() =>
            {
                MoveSealed(shortened, moved);
                return 0;
            });
            if (!shortened.Exists(s => HasMisplaced(s.Stream, s.Retention.RawDays)))
            {
                return;
            }

            Check(sealer.Seal((stream, block) => days.TryGetValue(stream.Number, out var raw) && IsMisplaced(block, raw)));
        }

        throw new StoreException("Readings keep arriving for a retention that was shortened. The move is completed by the next call.");
    }

    private void Check(bool isSealed)
    {
        if (!isSealed)
        {
            throw sealer.Failure ?? core.Journal.Failure ?? new IOException("The journal could not be given up.");
        }
    }

    private static bool HasMisplaced(Datastream stream, int rawDays)
    {
        lock (stream.Gate)
        {
            foreach (var block in stream.Open)
            {
                if (IsMisplaced(block, rawDays))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static bool IsMisplaced(OpenBlock block, int rawDays) =>
        !block.Active.IsEmpty && EventDay.Of(block.Active[0].TimeMs) + rawDays < block.ExpiryDay;

    private void MoveSealed(List<TermsOf> shortened, Dictionary<DatastreamKey, long> moved)
    {
        var days = shortened.ToDictionary(s => s.Stream.Number, s => s.Retention.RawDays);
        foreach (var day in core.Partitions.Days)
        {
            foreach (var number in Misplaced(day, days))
            {
                var stream = core.Datastreams[number];
                moved[stream.Key] = moved.GetValueOrDefault(stream.Key) + MoveFrom(day, stream, days[number]);
            }
        }
    }

    // One look at each file, however many datastreams are concerned.
    private List<int> Misplaced(int day, Dictionary<int, int> days) =>
    [
        .. core.Partitions.Query(day, [], BlockSummary.Read)
            .Where(held => days.TryGetValue(held.Datastream, out var raw) && EventDay.Of(held.FirstMs) + raw < day)
            .Select(held => held.Datastream),
    ];

    private int MoveFrom(int day, Datastream stream, int rawDays)
    {
        var blocks = core.Partitions.Read(day, stream.Number, long.MinValue, long.MaxValue);
        Reading[] readings = [.. blocks.OrderBy(b => b.FirstMs).SelectMany(BlockCodec.Decode)];
        var leaving = readings.Where(r => EventDay.Of(r.TimeMs) + rawDays < day).ToArray();
        var stayingMs = EventDay.StartMs(day - rawDays);
        var annotations = core.Partitions.Query(day, [], database => AnnotationTable.Annotations.Read(database, stream.Number, long.MinValue, stayingMs));
        var corrections = core.Partitions.Query(day, [], database => AnnotationTable.Corrections.Read(database, stream.Number, long.MinValue, stayingMs));
        core.Partitions.Layout.EnterWriteLock();
        try
        {
            foreach (var group in leaving.GroupBy(r => EventDay.Of(r.TimeMs) + rawDays))
            {
                AnnotationRow[] Moving(List<AnnotationRow> rows) => [.. rows.Where(a => EventDay.Of(a.TimeMs) + rawDays == group.Key)];
                core.Partitions.Write(group.Key, transaction =>
                {
                    _merge.Apply(transaction, stream.Number, [.. group]);
                    transaction.Annotate(stream.Number, Moving(annotations));
                    transaction.Correct(stream.Number, Moving(corrections));
                });
            }

            core.Partitions.Write(day, transaction =>
            {
                Keep(transaction, stream.Number, blocks, [.. readings.Except(leaving)]);
                transaction.RemoveAnnotations(stream.Number, stayingMs);
            });
        }
        finally
        {
            core.Partitions.Layout.ExitWriteLock();
        }

        lock (stream.Gate)
        {
            stream.SealedChanged(long.MinValue);
        }

        return leaving.Length;
    }

    private void Keep(PartitionTransaction transaction, int datastream, List<Block> blocks, Reading[] staying)
    {
        blocks.ForEach(transaction.Remove);
        if (staying.Length > 0)
        {
            _merge.Apply(transaction, datastream, staying);
        }
    }

    private static bool TakeUpRollUps(TermsOf terms)
    {
        lock (terms.Stream.Gate)
        {
            return terms.Stream.SetRollUps(terms.Stream.RollUps.With(terms.Retention.HourDays, terms.Retention.DayDays));
        }
    }

    private void MoveRollUps(List<TermsOf> rolled)
    {
        foreach (var (stream, retention) in rolled)
        {
            MoveRollUps(stream, RollUpResolution.Hour, stream.RollUps.Hours, retention.HourDays);
            MoveRollUps(stream, RollUpResolution.Day, stream.RollUps.Days, retention.DayDays);
        }
    }

    private void MoveRollUps(Datastream stream, RollUpResolution resolution, int[] retentions, int present)
    {
        if (!Array.Exists(retentions, r => r > present))
        {
            return;
        }

        foreach (var day in core.Partitions.Days)
        {
            var leaving = core.Partitions.Query(
                day, [], database => RollUpTable.Read(database, stream.Number, resolution, int.MinValue, day - present - 1));
            if (leaving.Count == 0)
            {
                continue;
            }

            foreach (var group in leaving.GroupBy(row => row.SourceDay + present).Where(_ => present > 0))
            {
                core.Partitions.Write(group.Key, transaction => group.ToList().ForEach(transaction.Put));
            }

            core.Partitions.Write(day, transaction => transaction.RemoveRollUps(stream.Number, resolution, day - present));
        }
    }

    private void Finish(List<TermsOf> shortened, List<TermsOf> rolled)
    {
        foreach (var (stream, retention) in shortened)
        {
            lock (stream.Gate)
            {
                stream.EndShortening(retention.RawDays);
            }

            sealer.EnqueueStale(stream);
        }

        rolled.ForEach(r => sealer.EnqueueStale(r.Stream));
        Check(sealer.SealBefore(0));
        if (shortened.Count > 0)
        {
            core.City.Write(database => shortened.ForEach(s => ShorteningTable.Remove(database, s.Stream.Number)));
        }
    }

    private readonly record struct TermsOf(Datastream Stream, Contracts.Policies.RetentionDefinition Retention);
}
