using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;

namespace Quartier.Storage.Tests.Annotations;

/// <summary>What a store must say of annotated readings, said naively: all that was sent for a time is kept, and looked through whenever somebody asks.</summary>
internal sealed class AnnotationModel
{
    private const long DayMs = 86_400_000;

    private readonly SortedDictionary<(int Number, long TimeMs), Entry> _entries = [];

    public int Expired { get; private set; }

    public void Send(int number, Reading reading, Annotation? annotation, int retentionDays)
    {
        if (!_entries.TryGetValue((number, reading.TimeMs), out var entry))
        {
            _entries[(number, reading.TimeMs)] = entry = new Entry((int)(reading.TimeMs / DayMs) + retentionDays);
        }

        entry.Pending.Add((reading.Value, annotation));
    }

    /// <summary>Everything sent is on the disk.</summary>
    public void Acknowledge()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Certain.AddRange(entry.Pending);
            entry.Pending.Clear();
        }
    }

    public void DeleteBefore(int day)
    {
        foreach (var (key, _) in _entries.Where(e => e.Value.ExpiryDay < day).ToList())
        {
            _entries.Remove(key);
            Expired++;
        }
    }

    public List<(Reading Reading, StoredAnnotation? Annotation)> Of(int number) =>
        [.. _entries.Where(e => e.Key.Number == number).Select(e => Stored(e.Key.TimeMs, [.. e.Value.Certain, .. e.Value.Pending])!.Value)];

    /// <summary>After a crash: what is found must be explained by what was acknowledged and some of the rest; it is certain from then on.</summary>
    public void Accept(int number, IReadOnlyList<(Reading Reading, StoredAnnotation? Annotation)> found)
    {
        var byTime = found.ToDictionary(f => f.Reading.TimeMs);
        foreach (var ((_, timeMs), entry) in _entries.Where(e => e.Key.Number == number).ToList())
        {
            var seen = byTime.Remove(timeMs, out var present) ? present : ((Reading Reading, StoredAnnotation? Annotation)?)null;
            var explained = Subsets(entry.Pending).Select(s => entry.Certain.Concat(s).ToList()).FirstOrDefault(s => Stored(timeMs, s) == seen);
            Assert.True(explained is not null, $"{timeMs}: {seen} follows from no part of {string.Join("; ", entry.Certain)} and {string.Join("; ", entry.Pending)}.");
            entry.Certain.Clear();
            entry.Certain.AddRange(explained);
            entry.Pending.Clear();
            if (explained.Count == 0)
            {
                _entries.Remove((number, timeMs));
            }
        }

        Assert.Empty(byTime);
    }

    /// <summary>Over which times these stretch.</summary>
    public static ReadingTimes? Times(IEnumerable<(Reading Reading, StoredAnnotation? Annotation)> all)
    {
        var ends = all.Select(o => (o.Reading.TimeMs, EndMs: o.Annotation?.Content.PhenomenonEndMs ?? o.Reading.TimeMs, ResultMs: o.Annotation?.Content.ResultTimeMs)).ToList();
        return ends.Count == 0 ? null : new(ends.Min(e => e.TimeMs), ends.Max(e => e.EndMs), ends.Min(e => e.ResultMs ?? e.EndMs), ends.Max(e => e.ResultMs ?? e.EndMs));
    }

    private static (Reading Reading, StoredAnnotation? Annotation)? Stored(long timeMs, List<(double Value, Annotation? Annotation)> sent)
    {
        if (sent.Count == 0)
        {
            return null;
        }

        var value = sent.Max(s => s.Value);
        var isContradicted = sent.Exists(s => s.Value != value);
        var said = sent.Where(s => s.Value == value).Select(s => s.Annotation).OfType<Annotation>().Distinct().ToList();
        var greatest = said.MaxBy(a => Convert.ToHexString(AnnotationCodec.Encode(a)), StringComparer.Ordinal);
        return (
            new Reading(timeMs, value, isContradicted ? Quality.Contradicted : Quality.Good),
            greatest is null ? null : new StoredAnnotation(timeMs, value, greatest, said.Count > 1));
    }

    private static IEnumerable<List<(double, Annotation?)>> Subsets(List<(double, Annotation?)> all)
    {
        Assert.InRange(all.Count, 0, 16);
        for (var mask = (1 << all.Count) - 1; mask >= 0; mask--)
        {
            yield return [.. all.Where((_, i) => (mask & (1 << i)) != 0)];
        }
    }

    private sealed class Entry(int expiryDay)
    {
        public int ExpiryDay { get; } = expiryDay;

        public List<(double Value, Annotation? Annotation)> Certain { get; } = [];

        public List<(double Value, Annotation? Annotation)> Pending { get; } = [];
    }
}
