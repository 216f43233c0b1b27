using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Quartier.Client.Ledgers;

/// <summary>
/// Verifies an export of a ledger offline, in one pass and with constant memory: every entry in its place, every checkpoint signed, and every root that of
/// the entries before it. It shares no code with the server.
/// </summary>
public sealed class LedgerVerifier
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly LedgerTree _tree = new();
    private readonly List<LedgerNote> _known = [];
    private readonly string? _trustedPem;
    private readonly IReadOnlyList<string> _knownTexts;
    private string _origin = string.Empty;
    private ECDsa? _key;
    private string? _keyId;
    private long _covered;
    private long _checkpoints;
    private int _nextKnown;
    private int _earlier;
    private string? _break;
    private byte[] _expected = [];

    private LedgerVerifier(string? publicKeyPem, IReadOnlyList<string> known) => (_trustedPem, _knownTexts) = (publicKeyPem, known);

    /// <summary>Verifies.</summary>
    /// <param name="export">The export.</param>
    /// <param name="publicKeyPem">The city's public key; null to take the one in the export, which proves less.</param>
    /// <param name="known">Checkpoints that were kept elsewhere, such as the file outside the data directory: an older copy is found by them.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<LedgerVerdict> VerifyAsync(
        Stream export, string? publicKeyPem, IReadOnlyList<string> known, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(export);
        ArgumentNullException.ThrowIfNull(known);
        var verifier = new LedgerVerifier(publicKeyPem, known);
        string? fault = null;
        try
        {
            await verifier.ReadAsync(new LedgerLines(export), cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException wrong)
        {
            fault = wrong.Message;
        }

        verifier._key?.Dispose();
        return new(fault, verifier._tree.Size, verifier._checkpoints, verifier._origin, verifier._keyId ?? string.Empty, publicKeyPem is not null, verifier._break, verifier._earlier);
    }

    private async Task ReadAsync(LedgerLines lines, CancellationToken cancellation)
    {
        do
        {
            while (lines.TryNext(out var prefixed))
            {
                Take(prefixed, lines.Number);
            }
        }
        while (await lines.FillAsync(cancellation).ConfigureAwait(false));
        Finish(lines);
    }

    private void Take(Span<byte> prefixed, long number)
    {
        if (number == 1)
        {
            ReadHeader(prefixed[1..]);
        }
        else if (prefixed[1..].StartsWith("{\"index\":"u8))
        {
            AddEntry(prefixed, number);
        }
        else
        {
            AddCheckpoint(prefixed[1..], number);
        }
    }

    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        var header = Parse(line, "line 1 is not the header of an export");
        if (header.GetValueOrDefault("ledger") is not { } origin || header.GetValueOrDefault("publicKey") is not { } pem
            || !IsSame(line, new JsonObject { ["ledger"] = origin, ["format"] = 1, ["publicKey"] = pem }))
        {
            throw new InvalidDataException("line 1 is not the header of an export of format 1: it was changed, or a newer program wrote it");
        }

        _origin = origin;
        _key = LedgerNote.LoadKey(_trustedPem ?? pem);
        _keyId = LedgerNote.KeyId(_key);
        if (pem != _key.ExportSubjectPublicKeyInfoPem())
        {
            throw new InvalidDataException($"the export names another key than the city's key {_keyId}: it was not made by that city, or its header was changed");
        }

        foreach (var text in _knownTexts)
        {
            const string what = "a checkpoint that was kept elsewhere does not hold";
            var note = ReadSigned(text, what);
            if (LedgerOrigin.IsEarlier(note.Origin, _origin))
            {
                _earlier++;
                continue;
            }

            _known.Add(OfThisLog(note, what));
        }

        _known.Sort((a, b) => a.Size.CompareTo(b.Size));
    }

    private void AddEntry(Span<byte> prefixed, long number)
    {
        var index = _tree.Size;
        if (!prefixed[1..].StartsWith(Beginning(index)))
        {
            var end = Math.Min(prefixed.Length, 40);
            throw new InvalidDataException(
                $"entry {index} is missing, moved or changed: line {number} begins with {Encoding.UTF8.GetString(prefixed[1..end])}");
        }

        if (index == 0)
        {
            _break = LedgerOrigin.BreakBefore(_origin, prefixed[1..]);
        }

        _tree.Add(prefixed);
        for (; _nextKnown < _known.Count && _known[_nextKnown].Size == _tree.Size; _nextKnown++)
        {
            Compare(_known[_nextKnown], "the checkpoint that was kept elsewhere");
        }
    }

    private void AddCheckpoint(ReadOnlySpan<byte> line, long number)
    {
        var json = Parse(line, $"line {number} is neither an entry nor a checkpoint; entry {_tree.Size} was expected");
        if (json.GetValueOrDefault("checkpoint") is not { } text || !IsSame(line, new JsonObject { ["checkpoint"] = text }))
        {
            throw new InvalidDataException($"line {number} is neither an entry nor a checkpoint; entry {_tree.Size} was expected");
        }

        var note = ReadNote(text, $"the checkpoint on line {number} does not hold");
        if (note.Size != _tree.Size)
        {
            throw new InvalidDataException(note.Size > _tree.Size
                ? $"entries {_tree.Size} … {note.Size - 1} are missing: the checkpoint on line {number} knows them"
                : $"the checkpoint on line {number} is out of place: it is of {note.Size} entries and stands behind {_tree.Size}");
        }

        if (note.Size == _covered)
        {
            throw new InvalidDataException($"the checkpoint on line {number} is there twice");
        }

        Compare(note, $"the checkpoint on line {number}");
        (_covered, _checkpoints) = (note.Size, _checkpoints + 1);
    }

    private void Compare(LedgerNote note, string name)
    {
        if (_tree.Root() != note.Root)
        {
            throw new InvalidDataException(
                $"an entry between {_covered} and {note.Size - 1} was changed: together they do not hash to {name}, signed {note.Time}");
        }
    }

    private void Finish(LedgerLines lines)
    {
        if (_key is null)
        {
            throw new InvalidDataException("the export is empty");
        }

        if (lines.IsCut)
        {
            throw new InvalidDataException($"the export ends within line {lines.Number + 1}: it was cut off");
        }

        if (_nextKnown < _known.Count)
        {
            throw new InvalidDataException(
                $"entries {_tree.Size} … {_known[^1].Size - 1} are missing: a checkpoint kept elsewhere, signed {_known[^1].Time}, knows {_known[^1].Size} "
                + "entries. The ledger was cut off or replaced by an older copy");
        }

        if (_covered != _tree.Size)
        {
            throw new InvalidDataException($"entries {_covered} … {_tree.Size - 1} are under no checkpoint: they were added, or the checkpoints behind them taken away");
        }
    }

    private LedgerNote ReadNote(string text, string what) => OfThisLog(ReadSigned(text, what), what);

    private LedgerNote OfThisLog(LedgerNote note, string what) =>
        note.Origin == _origin ? note : throw new InvalidDataException($"{what}: it is of {note.Origin}, not of {_origin}");

    private LedgerNote ReadSigned(string text, string what)
    {
        try
        {
            return LedgerNote.Read(text, _key!);
        }
        catch (InvalidDataException wrong)
        {
            throw new InvalidDataException($"{what}: {wrong.Message}", wrong);
        }
    }

    private ReadOnlySpan<byte> Beginning(long index)
    {
        if (_expected.Length == 0)
        {
            _expected = [.. "{\"index\":"u8, .. new byte[24]];
        }

        const int head = 9;
        _ = index.TryFormat(_expected.AsSpan(head), out var digits, default, CultureInfo.InvariantCulture);
        _expected[head + digits] = (byte)',';
        return _expected.AsSpan(0, head + digits + 1);
    }

    private static Dictionary<string, string> Parse(ReadOnlySpan<byte> line, string otherwise)
    {
        try
        {
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } name && reader.Read()
                    && reader.TokenType == JsonTokenType.String)
                {
                    texts[name] = reader.GetString()!;
                }
            }

            return texts;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or not UTF-8.
            throw new InvalidDataException(otherwise, exception);
        }
    }

    // One spelling only, so that every bit counts.
    private static bool IsSame(ReadOnlySpan<byte> line, JsonObject canonical) =>
        line.SequenceEqual(Encoding.UTF8.GetBytes(canonical.ToJsonString(s_relaxed)));
}
