using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;

namespace Quartier.Storage.Tests.Annotations;

/// <summary>
/// What a store must say of annotated and corrected readings, said naively: all that was sent for a time is kept, and looked through whenever somebody asks.
/// </summary>
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

        entry.Pending.Add(new(reading.Value, false, annotation, 0, null));
    }

    /// <summary>A correction; false when there is nothing to be corrected. It brings its reading along once more.</summary>
    public bool Correct(int number, long timeMs, Correction correction)
    {
        if (!_entries.TryGetValue((number, timeMs), out var entry))
        {
            return false;
        }

        var received = Stored(timeMs, entry.All)!.Value.Received;
        entry.Pending.Add(new(received.Value, received.Quality == Quality.Contradicted, null, entry.All.Max(s => s.Revision) + 1, correction));
        return true;
    }

    /// <summary>Times of which something was sent.</summary>
    public long[] TimesOf(int number) => [.. _entries.Keys.Where(k => k.Number == number).Select(k => k.TimeMs)];

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

    public List<StoredObservation> Of(int number) =>
        [.. _entries.Where(e => e.Key.Number == number).Select(e => Stored(e.Key.TimeMs, e.Value.All)!.Value)];

    /// <summary>After a crash: what is found must be explained by what was acknowledged and some of the rest; it is certain from then on.</summary>
    public void Accept(int number, IReadOnlyList<StoredObservation> found)
    {
        var byTime = found.ToDictionary(f => f.Received.TimeMs);
        foreach (var ((_, timeMs), entry) in _entries.Where(e => e.Key.Number == number).ToList())
        {
            var seen = byTime.Remove(timeMs, out var present) ? present : (StoredObservation?)null;
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
    public static ReadingTimes? Times(IEnumerable<StoredObservation> all)
    {
        var ends = all.Where(o => o.Shown is not null)
            .Select(o => (o.Received.TimeMs, EndMs: o.Annotation?.Content.PhenomenonEndMs ?? o.Received.TimeMs, ResultMs: o.Annotation?.Content.ResultTimeMs)).ToList();
        return ends.Count == 0 ? null : new(ends.Min(e => e.TimeMs), ends.Max(e => e.EndMs), ends.Min(e => e.ResultMs ?? e.EndMs), ends.Max(e => e.ResultMs ?? e.EndMs));
    }

    private static StoredObservation? Stored(long timeMs, List<Sent> sent)
    {
        if (sent.Count == 0)
        {
            return null;
        }

        var value = sent.Max(s => s.Value);
        var isContradicted = sent.Exists(s => s.Value != value || s.IsContradicted);
        var received = new Reading(timeMs, value, isContradicted ? Quality.Contradicted : Quality.Good);
        if (sent.Where(s => s.Correction is not null).OrderBy(s => s.Revision).LastOrDefault().Correction is { } held)
        {
            return held.IsWithdrawn
                ? new(received, null, null)
                : new(received, new Reading(timeMs, held.Value, held.Quality), new StoredAnnotation(timeMs, held.Value, held.Content, false));
        }

        var said = sent.Where(s => s.Value == value).Select(s => s.Annotation).OfType<Annotation>().Distinct().ToList();
        var greatest = said.MaxBy(a => Convert.ToHexString(AnnotationCodec.Encode(a)), StringComparer.Ordinal);
        return new(received, received, greatest is null ? null : new StoredAnnotation(timeMs, value, greatest, said.Count > 1));
    }

    private static IEnumerable<List<Sent>> Subsets(List<Sent> all)
    {
        Assert.InRange(all.Count, 0, 16);
        for (var mask = (1 << all.Count) - 1; mask >= 0; mask--)
        {
            yield return [.. all.Where((_, i) => (mask & (1 << i)) != 0)];
        }
    }

    private readonly record struct Sent(double Value, bool IsContradicted, Annotation? Annotation, long Revision, Correction? Correction);

    private sealed class Entry(int expiryDay)
    {
        public int ExpiryDay { get; } = expiryDay;

        public List<Sent> Certain { get; } = [];

        public List<Sent> Pending { get; } = [];

        public List<Sent> All => [.. Certain, .. Pending];
    }
}
