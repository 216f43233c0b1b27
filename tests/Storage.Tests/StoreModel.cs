using Quartier.Contracts.Readings;

namespace Quartier.Storage.Tests;

/// <summary>
/// What a store must hold, said naively: of each datastream and time the values that were acknowledged, and those that were appended
/// and may or may not have survived a crash.
/// </summary>
internal sealed class StoreModel
{
    private const long DayMs = 86_400_000;

    private readonly SortedDictionary<(int Datastream, long TimeMs), Entry> _entries = [];

    public int Count => _entries.Count;

    public int Contradicted => _entries.Values.Count(e => e.Contradicted);

    /// <summary>What appending must answer; the entry is changed accordingly.</summary>
    public AppendOutcome Append(int datastream, Reading reading, int retentionDays)
    {
        var key = (datastream, reading.TimeMs);
        if (!_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = new Entry(reading.Value, false, ExpiryDay(reading.TimeMs, retentionDays)) { Pending = { reading.Value } };
            return AppendOutcome.Stored;
        }

        entry.Pending.Add(reading.Value);
        if (entry.Value == reading.Value)
        {
            return AppendOutcome.Duplicate;
        }

        entry.Value = Math.Max(entry.Value, reading.Value);
        entry.Contradicted = true;
        return AppendOutcome.Contradicted;
    }

    /// <summary>Everything appended so far has been acknowledged.</summary>
    public void Acknowledge()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Acknowledge();
        }
    }

    /// <summary>Everything that expires before the day is gone.</summary>
    public int DeleteBefore(int day)
    {
        var expired = _entries.Where(e => e.Value.ExpiryDay < day).Select(e => e.Key).ToList();
        expired.ForEach(k => _entries.Remove(k));
        return expired.Count;
    }

    /// <summary>The readings that must be found, in order of time.</summary>
    public Reading[] Of(int datastream) =>
        [.. _entries.Where(e => e.Key.Datastream == datastream)
            .Select(e => new Reading(e.Key.TimeMs, e.Value.Value, e.Value.Contradicted ? Quality.Contradicted : Quality.Good))];

    /// <summary>After a crash: everything acknowledged is there, nothing is invented. Then what was found is the new truth.</summary>
    public void Accept(int datastream, IReadOnlyList<Reading> found)
    {
        Assert.Equal(found.Select(r => r.TimeMs).Distinct().Order(), found.Select(r => r.TimeMs));
        var byTime = found.ToDictionary(r => r.TimeMs);
        foreach (var (key, entry) in _entries.Where(e => e.Key.Datastream == datastream).ToList())
        {
            if (byTime.Remove(key.TimeMs, out var reading))
            {
                entry.Accept(reading);
                continue;
            }

            Assert.True(entry.Acknowledged.Count == 0, $"Lost after acknowledgement: {key} = {entry.Value}");
            _entries.Remove(key);
        }

        Assert.Empty(byTime);
    }

    private static int ExpiryDay(long timeMs, int retentionDays) => (int)(timeMs / DayMs) + retentionDays;

    private sealed class Entry(double value, bool contradicted, int expiryDay)
    {
        public double Value { get; set; } = value;

        public bool Contradicted { get; set; } = contradicted;

        public int ExpiryDay { get; } = expiryDay;

        public HashSet<double> Acknowledged { get; } = [];

        public HashSet<double> Pending { get; } = [];

        private bool WasContradicted { get; set; }

        public void Acknowledge()
        {
            Acknowledged.UnionWith(Pending);
            Pending.Clear();
            WasContradicted = Contradicted;
        }

        public void Accept(Reading reading)
        {
            var all = Acknowledged.Union(Pending).ToHashSet();
            Assert.Contains(reading.Value, all);
            Assert.True(Acknowledged.Count == 0 || reading.Value >= Acknowledged.Max(), $"A smaller value than acknowledged: {reading}");
            var isContradicted = reading.Quality.HasFlag(Quality.Contradicted);
            Assert.True(isContradicted || (Acknowledged.Count < 2 && !WasContradicted), $"The contradiction is forgotten: {reading}");
            Assert.True(!isContradicted || all.Count > 1 || WasContradicted, $"A contradiction is invented: {reading}");
            (Value, Contradicted, WasContradicted) = (reading.Value, isContradicted, isContradicted);
            Acknowledged.Clear();
            Acknowledged.Add(reading.Value);
            Pending.Clear();
        }
    }
}
