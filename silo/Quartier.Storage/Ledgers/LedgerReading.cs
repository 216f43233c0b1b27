using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Domain.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>Reads the cities' ledgers.</summary>
internal sealed class LedgerReading(OpenLedgers ledgers, CityLedgers writing) : ILedgerReader
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public ImmutableArray<LedgerFinding> Findings =>
        [.. ledgers.All.Select(l => l.Value.Finding).OfType<LedgerFinding>().Concat(ledgers.Failures).OrderBy(f => f.City, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public LedgerFigures Figures
    {
        get
        {
            var uncovered = ledgers.All.Select(l => l.Value).Where(l => l.Size > l.CheckpointSize).Select(l => (long?)l.CheckpointMs);
            return new(ledgers.All.Sum(l => l.Value.Size), writing.NotesWaiting, uncovered.Min());
        }
    }

    /// <inheritdoc/>
    public LedgerHead Head(string city)
    {
        var ledger = ledgers.Get(city);
        return new(ledger.Size, ledger.Newest, ledger.CheckpointSize, ledgers.PublicKey);
    }

    /// <inheritdoc/>
    public ValueTask<LedgerPage> RangeAsync(string city, long from, int limit) =>
        FindAsync(city, new LedgerFilter(null, null, null, null, null, null, null), from, limit);

    /// <inheritdoc/>
    public ValueTask<LedgerPage> FindAsync(string city, LedgerFilter filter, long from, int limit)
    {
        limit = Math.Clamp(limit, 1, LedgerLimits.PageEntries);
        return Read(city, state =>
        {
            var start = Math.Max(Math.Max(from, 0), filter.FromMs is { } ms ? state.FirstBefore(ms) : 0);
            var (next, found) = (start, ImmutableArray.CreateBuilder<IndexedEntry>());
            state.Read(start, line =>
            {
                if (found.Count >= limit || next - start >= LedgerLimits.EntriesSeen)
                {
                    return false;
                }

                next++;
                if (EntryLine.TryRead(line, out var index, out var entry) && Matches(filter, entry))
                {
                    found.Add(new IndexedEntry(index, entry));
                }

                return true;
            });
            return new LedgerPage(found.ToImmutable(), next < state.Tree.Size ? next : null);
        });
    }

    /// <inheritdoc/>
    public ValueTask<LedgerProof?> InclusionProofAsync(string city, long index, long? size)
    {
        var ledger = ledgers.Get(city);
        var wanted = size ?? (index < ledger.CheckpointSize ? ledger.CheckpointSize : ledger.Size);
        return Read(city, state =>
        {
            if (index < 0 || index >= wanted || wanted > state.Tree.Size)
            {
                return null;
            }

            var entry = string.Empty;
            state.Read(index, line =>
            {
                entry = Encoding.UTF8.GetString(line);
                return false;
            });
            return new LedgerProof(
                index, wanted, state.Tree.RootAt(wanted, state.Leaves).ToString(), Words(state.Tree.InclusionProof(index, wanted, state.Leaves)), entry);
        });
    }

    /// <inheritdoc/>
    public ValueTask<LedgerProof?> ConsistencyProofAsync(string city, long from, long to) => Read(city, state =>
        from < 0 || from > to || to > state.Tree.Size
            ? null
            : new LedgerProof(
                from, to, state.Tree.RootAt(to, state.Leaves).ToString(), Words(state.Tree.ConsistencyProof(from, to, state.Leaves)), Line: null));

    /// <inheritdoc/>
    public ValueTask<LedgerSummary> SummaryAsync(string city, DateOnly day)
    {
        var summaries = ledgers.Get(city).Summaries;
        return Read(city, state => summaries.Of(day, state));
    }

    /// <inheritdoc/>
    public ValueTask<string?> SignAsync(string city) => new(writing.Sign(city).Newest);

    /// <inheritdoc/>
    public ValueTask<LedgerBreak?> AcceptBreakAsync(string city, string by, string because) => new(writing.AcceptBreak(city, by, because));

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ExportAsync(string city, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ledger = ledgers.Get(city);
        if (ledger.Broken is null)
        {
            ledger = writing.Sign(city);
        }

        // Entries that come meanwhile belong to the next export.
        var size = ledger.Broken is null ? ledger.CheckpointSize : ledger.Size;
        var notes = new Queue<SizedNote>(ledger.Notes(LedgerLimits.CheckpointEntries).Where(n => n.Size <= size));
        yield return Header(city);
        for (var from = 0L; from < size;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = notes.TryPeek(out var next) ? next.Size : size;
            var lines = await Read(city, state => Lines(state, from, end)).ConfigureAwait(false);
            foreach (var line in lines)
            {
                yield return line;
            }

            from += lines.Count;
            if (next is not null && from == next.Size)
            {
                yield return Json(writer => writer.WriteString("checkpoint", next.Text));
                notes.Dequeue();
            }
        }
    }

    private static List<ReadOnlyMemory<byte>> Lines(LedgerState state, long from, long size)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        state.Read(from, line =>
        {
            lines.Add(line.ToArray());
            return lines.Count < LedgerLimits.PageEntries && from + lines.Count < size;
        });
        return lines;
    }

    private static bool Matches(LedgerFilter filter, LedgerEntry entry) =>
        (filter.Kind is null || filter.Kind == entry.Kind)
        && IsOrAny(filter.Who, entry.Who) && IsOrAny(filter.District, entry.District) && IsOrAny(filter.Purpose, entry.Purpose)
        && (filter.Stream is null || entry.Streams.Contains(filter.Stream, StringComparer.Ordinal))
        && (filter.FromMs is null || entry.TimeMs >= filter.FromMs) && (filter.ToMs is null || entry.TimeMs < filter.ToMs);

    private static bool IsOrAny(string? wanted, string? found) => wanted is null || string.Equals(wanted, found, StringComparison.Ordinal);

    private static ImmutableArray<string> Words(IReadOnlyList<Digest> hashes) => [.. hashes.Select(h => h.ToString())];

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, s_json))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private byte[] Header(string city) => Json(writer =>
    {
        writer.WriteString("ledger", ledgers.Get(city).Origin);
        writer.WriteNumber("format", 1);
        writer.WriteString("publicKey", ledgers.PublicKey);
    });

    private ValueTask<T> Read<T>(string city, Func<LedgerState, T> look)
    {
        try
        {
            return new ValueTask<T>(ledgers.Get(city).Look(look));
        }
        catch (IOException failure)
        {
            throw new StoreException($"The ledger of {city} cannot be read: {failure.Message}", failure);
        }
    }
}
