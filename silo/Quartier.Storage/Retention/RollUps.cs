using System.Globalization;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Storage.Annotations;
using Quartier.Storage.Blocks;
using Quartier.Storage.Corrections;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>Sums what holds of readings that are about to expire into the partitions in which the sums' own retention ends, and compares both.</summary>
internal sealed class RollUps(StoreCore core, Sealer sealer)
{
    /// <summary>Datastreams whose roll-ups share a transaction: 1,000 datastreams of one day are 25,000 rows, some 3 MB.</summary>
    private const int DatastreamsAtOnce = 1_000;

    /// <summary>Problems that are listed: beyond them only the first matter.</summary>
    private const int MostProblems = 100;

    /// <summary>Sums of the same values in another order differ by no more than this part of their magnitude.</summary>
    private const double SumTolerance = 1e-9;

    /// <summary>Writes roll-ups of everything that expires before the day.</summary>
    public RollUpReport Write(IEnumerable<DatastreamTerms> terms, int day) =>
        ForEachSource(terms, day, (items, tally) =>
        {
            var rows = items.SelectMany(item => RowsOf(item, day, tally)).GroupBy(r => r.Target);
            foreach (var target in rows.OrderBy(t => t.Key))
            {
                core.Partitions.Write(target.Key, transaction =>
                {
                    foreach (var (_, row) in target)
                    {
                        Put(transaction, row);
                    }
                });
            }
        });

    /// <summary>Compares what is stored of both.</summary>
    public RollUpReport Verify(IEnumerable<DatastreamTerms> terms, int day) =>
        ForEachSource(terms, day, (items, tally) => items.ForEach(item => Compare(item, day, tally)));

    private RollUpReport ForEachSource(IEnumerable<DatastreamTerms> terms, int day, Action<List<Item>, Tally> work)
    {
        if (!sealer.Seal((_, block) => block.ExpiryDay < day))
        {
            throw sealer.Failure ?? core.Journal.Failure ?? new IOException("Readings that expire could not be sealed.");
        }

        var kept = new Dictionary<int, DatastreamTerms>();
        foreach (var term in terms.Where(t => t.Retention.HourDays > 0 || t.Retention.DayDays > 0))
        {
            if (core.Datastreams.Find(term.Key) is { } stream)
            {
                kept[stream.Number] = term;
            }
        }

        var tally = new Tally();
        foreach (var expiring in core.Partitions.Days.TakeWhile(d => d < day))
        {
            var file = core.Partitions.Identity(expiring)!.Value;
            var present = core.Partitions.Query(expiring, [], BlockSummary.Read).Where(s => kept.ContainsKey(s.Datastream));
            foreach (var chunk in present.Select(s => new Item(new RollUpSource(s.Datastream, expiring, file), kept[s.Datastream])).Chunk(DatastreamsAtOnce))
            {
                work([.. chunk], tally);
            }
        }

        return tally.Report();
    }

    private List<(int Target, RollUpRow Row)> RowsOf(Item item, int day, Tally tally)
    {
        var (received, shown) = ReadingsOf(item.Source);
        var rows = new List<(int Target, RollUpRow Row)>();
        var days = ReferenceEquals(received, shown) ? [] : received.Select(r => EventDay.Of(r.TimeMs)).Distinct().ToList();
        Add(item.Terms.Retention.HourDays, () => Emptied(item.Source, RollUpResolution.Hour, days).Concat(RollUpParts.Hours(item.Source, shown)));
        Add(item.Terms.Retention.DayDays, () => Emptied(item.Source, RollUpResolution.Day, days)
            .Concat(RollUpParts.Days(item.Source, shown, TimeZoneInfo.FindSystemTimeZoneById(item.Terms.TimeZone))));
        tally.Count(received.Length, rows);
        return rows;

        // A roll-up whose own retention has ended too is not written: it would go in the same night.
        void Add(int days, Func<IEnumerable<RollUpRow>> parts)
        {
            if (days > 0)
            {
                rows.AddRange(parts().Select(row => (row.SourceDay + days, row)).Where(r => r.Item1 >= day));
            }
        }
    }

    // An hour of which everything was withdrawn after a run that did not come to its end has no new row that would replace the old one.
    private static IEnumerable<RollUpRow> Emptied(RollUpSource source, RollUpResolution resolution, List<int> days) =>
        days.Select(day => new RollUpRow(source.Datastream, resolution, 0, 0, day, source.ExpiryDay, source.File, 0, 0, 0, 0, 0));

    private static void Put(Partitions.PartitionTransaction transaction, in RollUpRow row)
    {
        if (row.Count == 0)
        {
            transaction.RemoveRollUps(row);
        }
        else
        {
            transaction.Put(row);
        }
    }

    private void Compare(Item item, int day, Tally tally)
    {
        var (received, shown) = ReadingsOf(item.Source);
        Compare(item, RollUpResolution.Hour, item.Terms.Retention.HourDays, shown, day, tally);
        Compare(item, RollUpResolution.Day, item.Terms.Retention.DayDays, shown, day, tally);
        tally.Count(received.Length, []);
    }

    private void Compare(Item item, RollUpResolution resolution, int days, Reading[] readings, int day, Tally tally)
    {
        foreach (var source in readings.GroupBy(r => EventDay.Of(r.TimeMs)).Where(g => days > 0 && g.Key + days >= day))
        {
            var rows = core.Partitions
                .Query(source.Key + days, [], database => RollUpTable.Read(database, item.Source.Datastream, resolution, source.Key, source.Key))
                .FindAll(row => row.SourceFile == item.Source.File);
            tally.Found(resolution, rows.Count);
            var (count, sum) = (rows.Sum(r => r.Count), rows.Sum(r => r.Sum));
            var (expected, magnitude) = (source.Sum(r => r.Value), source.Sum(r => Math.Abs(r.Value)));
            if (count != source.Count() || !(Math.Abs(sum - expected) <= magnitude * SumTolerance))
            {
                tally.Note(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{item.Terms.Key} of {EventDay.Name(source.Key)}: {resolution} roll-ups hold {count} readings, the partition {source.Count()}, or their sums differ. Nothing was dropped; run the retention again."));
            }
        }
    }

    // Corrections rest in the file of their readings. What holds is the same list where nothing was corrected.
    private (Reading[] Received, Reading[] Shown) ReadingsOf(RollUpSource source)
    {
        var blocks = core.Partitions.Read(source.ExpiryDay, source.Datastream, long.MinValue, long.MaxValue);
        Reading[] received = [.. blocks.OrderBy(b => b.FirstMs).SelectMany(BlockCodec.Decode)];
        var rows = core.Partitions.Query(source.ExpiryDay, [], database => AnnotationTable.Corrections.Read(database, source.Datastream, long.MinValue, long.MaxValue));
        return (received, new CorrectedTimes([.. rows]).Shown(received));
    }

    private readonly record struct Item(RollUpSource Source, DatastreamTerms Terms);

    private sealed class Tally
    {
        private readonly List<string> _problems = [];
        private long _datastreams;
        private long _readings;
        private long _hours;
        private long _days;

        public void Count(int readings, List<(int Target, RollUpRow Row)> rows)
        {
            _datastreams++;
            _readings += readings;
            Found(RollUpResolution.Hour, rows.Count(r => r.Row is { Count: > 0, Resolution: RollUpResolution.Hour }));
            Found(RollUpResolution.Day, rows.Count(r => r.Row is { Count: > 0, Resolution: RollUpResolution.Day }));
        }

        public void Found(RollUpResolution resolution, int rows)
        {
            _hours += resolution == RollUpResolution.Hour ? rows : 0;
            _days += resolution == RollUpResolution.Day ? rows : 0;
        }

        public void Note(string problem)
        {
            if (_problems.Count < MostProblems)
            {
                _problems.Add(problem);
            }
        }

        public RollUpReport Report() => new(_datastreams, _readings, _hours, _days, [.. _problems]);
    }
}
