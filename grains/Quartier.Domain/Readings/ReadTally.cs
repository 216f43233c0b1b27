using System.Collections.Immutable;
using System.Text.Json;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;

namespace Quartier.Domain.Readings;

/// <summary>What was read and what was denied, put together into as few entries of the ledger as tell it. May be used from any thread.</summary>
public sealed class ReadTally
{
    /// <summary>Streams that an entry names; the others are counted.</summary>
    public const int StreamsMax = 100;

    /// <summary>Streams told apart in one entry: beyond, their number in the entry is the least that it can be.</summary>
    public const int StreamsCountedMax = 10_000;

    /// <summary>Entries told apart at a time: districts by grants, with room. What comes beyond is put together by kind.</summary>
    public const int GroupsMax = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Group, Sum> _sums = [];

    /// <summary>Whether there is nothing to record.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _sums.Count == 0;
            }
        }
    }

    /// <summary>Adds a decision: rows that were read by it, or a denial.</summary>
    /// <param name="district">Id of the district that decided.</param>
    /// <param name="stream">The datastream as <c>gateway/sensor/property</c>.</param>
    /// <param name="resolution">How fine it was asked for.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="rows">Rows in the answer; not counted for a denial.</param>
    public void Add(string district, string stream, Resolution resolution, ReadDecision decision, long rows)
    {
        lock (_gate)
        {
            var sum = Of_NeedsLock(district, resolution, decision);
            sum.Rows += decision.Permitted ? rows : 0;
            if (sum.Streams.Count < StreamsCountedMax)
            {
                sum.Streams.Add(stream);
            }
        }
    }

    /// <summary>Adds one decision for many datastreams, none of which is added otherwise.</summary>
    /// <param name="district">Id of the district that decided.</param>
    /// <param name="alike">The decision, the first datastreams and how many there are.</param>
    /// <param name="resolution">How fine they were asked for.</param>
    public void Add(string district, AlikeDecision alike, Resolution resolution)
    {
        lock (_gate)
        {
            var sum = Of_NeedsLock(district, resolution, alike.Decision);
            sum.Streams.UnionWith(alike.Named);
            sum.Unnamed += alike.Count - alike.Named.Length;
        }
    }

    /// <summary>The entries for all that was added since the last call.</summary>
    /// <param name="who">Reference of the principal.</param>
    /// <param name="nowMs">The wall clock, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="kind">What a permitted read is: <see cref="LedgerEntryKind.Read"/> or <see cref="LedgerEntryKind.Export"/>.</param>
    /// <param name="detail">Says by which way was read; null for an ordinary answer.</param>
    public ImmutableArray<LedgerEntry> Take(string who, long nowMs, LedgerEntryKind kind = LedgerEntryKind.Read, string? detail = null)
    {
        lock (_gate)
        {
            ImmutableArray<LedgerEntry> entries = [.. _sums.Select(p => Entry(who, nowMs, p.Key.Reason == DenialReason.None ? kind : LedgerEntryKind.Denial, p, detail))];
            _sums.Clear();
            return entries;
        }
    }

    /// <summary>An enumeration's member as the ledger writes it.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static LedgerEntry Entry(string who, long nowMs, LedgerEntryKind kind, KeyValuePair<Group, Sum> part, string? detail)
    {
        var (group, sum) = part;
        return new LedgerEntry(
            nowMs,
            kind,
            who,
            group.District,
            group.Purpose,
            Listed(sum.Streams, sum.Unnamed),
            group.Resolution is { } resolution ? Word(resolution) : null,
            sum.Rows,
            1,
            group.Policy,
            group.Grant,
            group.Reason == DenialReason.None ? detail : Word(group.Reason));
    }

    private static ImmutableArray<string> Listed(HashSet<string> streams, long unnamed)
    {
        var sorted = streams.Order(StringComparer.Ordinal).Take(StreamsMax).ToList();
        var more = streams.Count - sorted.Count + unnamed;
        return more == 0 ? [.. sorted] : [.. sorted, FormattableString.Invariant($"+{more}")];
    }

    private Sum Of_NeedsLock(string district, Resolution resolution, ReadDecision decision)
    {
        var policy = decision.PolicyVersion.Length == 0 ? null : decision.PolicyVersion;
        var group = new Group(district, decision.Purpose, decision.Permitted ? resolution : null, policy, decision.Grant, decision.Reason);
        if (!_sums.TryGetValue(group, out var sum))
        {
            group = _sums.Count < GroupsMax ? group : new Group(null, null, group.Resolution, null, null, decision.Reason);
            if (!_sums.TryGetValue(group, out sum))
            {
                _sums[group] = sum = new Sum();
            }
        }

        return sum;
    }

    private sealed record Group(string? District, string? Purpose, Resolution? Resolution, string? Policy, string? Grant, DenialReason Reason);

    private sealed class Sum
    {
        public HashSet<string> Streams { get; } = new(StringComparer.Ordinal);

        /// <summary>Datastreams beside these, by number alone.</summary>
        public long Unnamed { get; set; }

        public long Rows { get; set; }
    }
}
