using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Quartier.Api.Http;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Which versions of an entity a change is for, as If-Match and If-None-Match say (RFC 9110, 13.1.1 and 13.1.2): entity tags of this API begin with
/// the version.
/// </summary>
internal sealed class WrittenVersion
{
    private readonly ImmutableArray<long>? _only;
    private readonly ImmutableArray<long> _except;
    private readonly bool _isForNone;

    private WrittenVersion(ImmutableArray<long>? only, ImmutableArray<long> except, bool isForNone) => (_only, _except, _isForNone) = (only, except, isForNone);

    /// <summary>Whether it matters which version the entity has: then the change is bound to the one that was looked at.</summary>
    public bool IsBound => _only is not null || _isForNone || !_except.IsEmpty;

    /// <summary>What the headers say.</summary>
    public static Outcome<WrittenVersion> Read(IHeaderDictionary headers) => Read(headers.IfMatch, headers.IfNoneMatch);

    /// <summary>What the values of the two headers say; empty without them.</summary>
    public static Outcome<WrittenVersion> Read(StringValues ifMatch, StringValues ifNoneMatch)
    {
        if (!TryTags(ifMatch, out var wanted) || !TryTags(ifNoneMatch, out var known))
        {
            return WriteProblems.Precondition("If-Match and If-None-Match are entity tags with commas between them, such as W/\"1.0a2b\", or one asterisk. Send the ETag as it was read.");
        }

        var only = wanted.Length == 0 || IsAny(wanted) ? (ImmutableArray<long>?)null : Versions(wanted);
        return only is { IsEmpty: true }
            ? WriteProblems.Precondition("If-Match names no tag of this server, so the entity is not the one that you know. Read it again, and send its ETag.")
            : new WrittenVersion(only, Versions(known), IsAny(known));
    }

    /// <summary>Why a change does not happen to an entity of the version; null when it may.</summary>
    /// <param name="entity">Its address, for the text.</param>
    /// <param name="version">The version that it has.</param>
    public ApiProblem? Refuse(string entity, long version)
    {
        if (_only is { } only && !only.Contains(version))
        {
            return WriteProblems.Precondition(
                $"{entity} has version {version}, and If-Match asks for {string.Join(" or ", only.Take(3))}. Read it again, and send its ETag.");
        }

        return _isForNone || _except.Contains(version)
            ? WriteProblems.Precondition($"{entity} is there and has version {version}, for which If-None-Match asks that nothing happens. Leave the header out.")
            : null;
    }

    private static bool IsAny(ImmutableArray<EntityTagHeaderValue> tags) => tags.Any(t => t.Equals(EntityTagHeaderValue.Any));

    private static bool TryTags(StringValues values, out ImmutableArray<EntityTagHeaderValue> tags)
    {
        tags = [];
        if (values.All(string.IsNullOrWhiteSpace))
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(values.ToArray()!, out var parsed))
        {
            return false;
        }

        tags = [.. parsed];
        return tags.Length == 1 || !IsAny(tags);
    }

    private static ImmutableArray<long> Versions(ImmutableArray<EntityTagHeaderValue> tags)
    {
        var versions = ImmutableArray.CreateBuilder<long>();
        foreach (var tag in tags)
        {
            var digits = tag.Tag.AsSpan().Trim('"');
            var end = digits.IndexOf('.');
            if (long.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                versions.Add(version);
            }
        }

        return versions.ToImmutable();
    }
}
