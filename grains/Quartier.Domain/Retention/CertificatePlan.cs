using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;

namespace Quartier.Domain.Retention;

/// <summary>Writes down, before anything is deleted, what the certificates of a run will state.</summary>
public static class CertificatePlan
{
    /// <summary>One plan for each district in which something moves.</summary>
    public static ImmutableArray<Certificate> OfMoves(string night, RetentionBook book, ImmutableDictionary<DatastreamKey, MovedReadings> moves) =>
        Of(night, book, [], moves.Select(m => (m.Key, Line(m.Key) with { Moved = m.Value.Readings, MovedAnnotations = m.Value.Annotations })));

    /// <summary>The plans with what expires added.</summary>
    public static ImmutableArray<Certificate> WithDeletions(
        string night, RetentionBook book, ImmutableArray<Certificate> planned, ImmutableArray<ExpiringReadings> expiring) =>
        Of(night, book, [.. planned.Select(MovesOnly)], expiring.Select(e => (e.Key, Deleted(e))));

    /// <summary>The certificate that every place was looked into and held nothing whose retention had ended.</summary>
    public static Certificate Sign(Certificate planned, long signedMs, ImmutableArray<PlaceExamined> places) =>
        planned with { SignedMs = signedMs, Places = [.. places.Select(p => new CertifiedPlace(p.Place, p.Examined))] };

    private static CertifiedStream Deleted(ExpiringReadings expiring) => Line(expiring.Key) with
    {
        Readings = expiring.Readings,
        RollUps = expiring.RollUps,
        Annotations = expiring.Annotations,
        FirstMs = expiring.FirstMs,
        LastMs = expiring.LastMs,
    };

    // A plan that was interrupted is made again.
    private static Certificate MovesOnly(Certificate planned) => planned with
    {
        Streams = [.. planned.Streams.Where(s => s.Moved > 0).Select(s => s with { Readings = 0, RollUps = 0, Annotations = 0, FirstMs = 0, LastMs = 0 })],
    };

    private static ImmutableArray<Certificate> Of(
        string night, RetentionBook book, ImmutableArray<Certificate> planned, IEnumerable<(DatastreamKey Key, CertifiedStream Line)> lines)
    {
        var districts = new SortedDictionary<string, (string City, string District, SortedDictionary<string, CertifiedStream> Lines)>(StringComparer.Ordinal);
        foreach (var certificate in planned)
        {
            certificate.Streams.ToList().ForEach(line => Add(districts, (certificate.City, certificate.District), line));
        }

        foreach (var (key, line) in lines)
        {
            Add(districts, book.PlaceOf(key), line);
        }

        return [.. districts.Values.Select(d => Make(night, book, d.City, d.District, [.. d.Lines.Values]))];
    }

    private static Certificate Make(string night, RetentionBook book, string city, string district, ImmutableArray<CertifiedStream> streams) =>
        new(city, district, night, streams, book.PolicyVersion(city, district), CertificateText.ManifestDigest(streams), 0, []);

    private static void Add(
        SortedDictionary<string, (string City, string District, SortedDictionary<string, CertifiedStream> Lines)> districts,
        (string City, string District) place,
        CertifiedStream line)
    {
        var name = $"{place.City}/{place.District}";
        if (!districts.TryGetValue(name, out var found))
        {
            districts[name] = found = (place.City, place.District, new(StringComparer.Ordinal));
        }

        found.Lines[line.Stream] = found.Lines.TryGetValue(line.Stream, out var known) ? Sum(known, line) : line;
    }

    private static CertifiedStream Sum(CertifiedStream a, CertifiedStream b) => a with
    {
        Readings = a.Readings + b.Readings,
        RollUps = a.RollUps + b.RollUps,
        Moved = a.Moved + b.Moved,
        Annotations = a.Annotations + b.Annotations,
        MovedAnnotations = a.MovedAnnotations + b.MovedAnnotations,
        FirstMs = IsEmpty(a) ? b.FirstMs : IsEmpty(b) ? a.FirstMs : Math.Min(a.FirstMs, b.FirstMs),
        LastMs = IsEmpty(a) ? b.LastMs : IsEmpty(b) ? a.LastMs : Math.Max(a.LastMs, b.LastMs),
    };

    private static bool IsEmpty(CertifiedStream line) => line.Readings + line.RollUps == 0;

    private static CertifiedStream Line(DatastreamKey key) =>
        new($"{key.SensorKey[(key.SensorKey.IndexOf('/', StringComparison.Ordinal) + 1)..]}/{key.Property}", 0, 0, 0, 0, 0);
}
