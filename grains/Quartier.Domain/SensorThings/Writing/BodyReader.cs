using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Payloads;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>
/// Reads bodies of entities (OGC 18-088, 10.2 and 10.3). Members that the standard does not know are refused by name; control information of other
/// services' answers (<c>@iot.selfLink</c>, <c>X@iot.navigationLink</c>, …) and what follows from readings is passed over, so that a client may send
/// back what it got.
/// </summary>
public sealed class BodyReader
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = BodyLimits.MaxDepth, AllowDuplicateProperties = false };

    private readonly bool _isNew;
    private readonly bool _replaces;
    private BodyProblem? _problem;
    private int _entities;
    private int _observations;

    private BodyReader(bool isNew, bool replaces) => (_isNew, _replaces) = (isNew, replaces);

    /// <summary>The JSON of a body; null when it is none.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json, out BodyProblem? problem)
    {
        // The parser lets both pass, and whoever asks for such a text later gets an exception instead.
        problem = Utf8.IsValid(json.Span) && PayloadEscapes.ArePaired(json.Span)
            ? null
            : new(string.Empty, "the body holds bytes that are no UTF-8, or half of a pair of \\uD800 … \\uDFFF. Send texts in UTF-8 (RFC 8259, 8)");
        if (problem is not null)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(json, s_options);
        }
        catch (JsonException e)
        {
            // The exception's own text may repeat the body.
            var where = e.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1}, byte {e.BytePositionInLine + 1})") : string.Empty;
            problem = new(string.Empty, $"the body is no JSON, is nested deeper than {BodyLimits.MaxDepth} or has a member twice{where}");
            return null;
        }
    }

    /// <summary>A new entity with all that comes with it.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="kind">What is expected.</param>
    /// <param name="from">The relation along which it is created: the way back need not be given. Null at the root.</param>
    /// <param name="problem">What is wrong; null with an entity.</param>
    public static EntityBody? ReadNew(JsonElement body, EntityKind kind, Navigation? from, out BodyProblem? problem)
    {
        var reader = new BodyReader(isNew: true, replaces: false);
        var entity = reader.Entity(body, EntityTypes.Of(kind), from?.Inverse, string.Empty);
        problem = reader._problem;
        return problem is null ? entity : null;
    }

    /// <summary>Changes of an entity.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="kind">What is changed.</param>
    /// <param name="replaces">Whether what is not given is taken away (PUT), or stays (PATCH).</param>
    /// <param name="problem">What is wrong; null with a change.</param>
    public static EntityBody? ReadChange(JsonElement body, EntityKind kind, bool replaces, out BodyProblem? problem)
    {
        var reader = new BodyReader(isNew: false, replaces);
        var entity = reader.Entity(body, EntityTypes.Of(kind), null, string.Empty);
        problem = reader._problem;
        return problem is null ? entity : null;
    }

    /// <summary>An id as <c>@iot.id</c> holds it: a whole number, also within quotation marks.</summary>
    public static bool TryId(JsonElement value, out long id)
    {
        id = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out id) && id > 0,
            JsonValueKind.String => long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0,
            _ => false,
        };
    }

    private EntityBody? Entity(JsonElement body, EntityType type, string? implied, string where)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Fail(where, $"a JSON object that describes a {type} is expected");
        }

        if (type.Kind == EntityKind.Observation)
        {
            return Observation(body, where);
        }

        if (_isNew && ++_entities > BodyLimits.MaxEntities)
        {
            return TooMuch(where, $"more than {BodyLimits.MaxEntities} entities would be created at once. Send them in parts");
        }

        var values = ImmutableArray.CreateBuilder<PropertySetting>();
        var links = ImmutableArray.CreateBuilder<BodyLink>();
        foreach (var member in body.EnumerateObject())
        {
            if (!Member(member, type, where, values, links))
            {
                return null;
            }
        }

        if (!Complete(body, type, where, values) || (_isNew && !HasRequired(type, implied, links, where)))
        {
            return null;
        }

        return BodyChecks.Problem(type.Kind, values, links, _isNew) is { } wrong
            ? Fail(where, wrong)
            : new(type.Kind, values.ToImmutable(), links.ToImmutable(), null);
    }

    private bool Member(
        JsonProperty member, EntityType type, string where, ImmutableArray<PropertySetting>.Builder values, ImmutableArray<BodyLink>.Builder links)
    {
        var at = Join(where, member.Name);
        if (type.Property(member.Name) is { } property && property.Index > 0)
        {
            return property.Derived || Value(member.Value, property, type, at, values);
        }

        if (type.Navigation(member.Name) is { } navigation)
        {
            return Navigation(member.Value, navigation, at, links);
        }

        if (IsControl(member.Name))
        {
            return !_isNew || member.Name != "@iot.id"
                || Fail(at, "ids are handed out here. Leave it out, or send it alone to link an entity that exists") is not null;
        }

        var known = type.Properties.Skip(1).Where(p => !p.Derived).Select(p => p.Name).Concat(type.Navigations.Select(n => n.Name));
        return Fail(at, $"a {type} has no such member. It has {string.Join(", ", known)}") is not null;
    }

    private bool Value(JsonElement value, EntityProperty property, EntityType type, string at, ImmutableArray<PropertySetting>.Builder values)
    {
        if (BodyValues.Read(value, property, out var problem) is not { } read)
        {
            return Fail(at, problem!) is not null;
        }

        if (read.IsNull && property.Required)
        {
            return Fail(at, $"a {type} needs it") is not null;
        }

        values.Add(new(property, read));
        return true;
    }

    private bool Navigation(JsonElement value, Navigation navigation, string at, ImmutableArray<BodyLink>.Builder links)
    {
        if (!navigation.Many)
        {
            return Linked(value, navigation, at, links);
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Fail(at, "a list of entities is expected") is not null;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!Linked(item, navigation, $"{at}[{index++}]", links))
            {
                return false;
            }
        }

        return true;
    }

    private bool Linked(JsonElement value, Navigation navigation, string at, ImmutableArray<BodyLink>.Builder links)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("@iot.id", out var written) && value.EnumerateObject().All(m => IsControl(m.Name)))
        {
            if (!TryId(written, out var id))
            {
                return Fail(at, "'@iot.id' is a whole number above 0") is not null;
            }

            links.Add(new(navigation, id, null));
            return true;
        }

        if (!_isNew)
        {
            return Fail(at, "a change only links entities that exist, as {\"@iot.id\": 1}. Create the entity first (OGC 18-088, 10.3)") is not null;
        }

        var inline = Entity(value, EntityTypes.Of(navigation.Target), navigation.Inverse, at);
        if (inline is not null)
        {
            links.Add(new(navigation, null, inline));
        }

        return inline is not null;
    }

    /// <summary>PUT takes away what it does not give; what is required must be given, in a new entity as well.</summary>
    private bool Complete(JsonElement body, EntityType type, string where, ImmutableArray<PropertySetting>.Builder values)
    {
        if (!_isNew && !_replaces)
        {
            return true;
        }

        foreach (var property in type.Properties.Skip(1).Where(p => !p.Derived && !body.TryGetProperty(p.Name, out _)))
        {
            if (property.Required)
            {
                return Fail(Join(where, property.Name), $"a {type} needs it") is not null;
            }

            if (_replaces)
            {
                values.Add(new(property, EntityValue.Null));
            }
        }

        return true;
    }

    private bool HasRequired(EntityType type, string? implied, ImmutableArray<BodyLink>.Builder links, string where)
    {
        foreach (var needed in type.Navigations.Where(n => n.Required && n.Name != implied))
        {
            if (!links.Any(l => l.Relation == needed))
            {
                return Fail(Join(where, needed.Name), $"a {type} needs it: the entity itself, or a link such as {{\"@iot.id\": 1}}") is not null;
            }
        }

        return true;
    }

    private EntityBody? Observation(JsonElement body, string where)
    {
        if (!_isNew)
        {
            return Fail(where, "an Observation is not changed here");
        }

        if (++_observations > BodyLimits.MaxObservations)
        {
            return TooMuch(where, $"more than {BodyLimits.MaxObservations} Observations in one body. Send them in parts");
        }

        var draft = ObservationReader.Read(body, this, out var problem);
        if (draft is null)
        {
            _problem ??= problem is null ? null : problem with { Where = Join(where, problem.Where) };
            return null;
        }

        return new(EntityKind.Observation, [], [], draft);
    }

    /// <summary>A FeatureOfInterest within an Observation.</summary>
    internal EntityBody? Feature(JsonElement body) =>
        Entity(body, EntityTypes.Of(EntityKind.FeatureOfInterest), "Observations", "FeatureOfInterest");

    /// <summary>A Datastream or MultiDatastream within an Observation.</summary>
    internal EntityBody? Stream(string name, JsonElement body) =>
        Entity(body, EntityTypes.Of(name is "Datastream" ? EntityKind.Datastream : EntityKind.MultiDatastream), "Observations", name);

    internal static bool IsControl(string name) => name.StartsWith("@iot.", StringComparison.Ordinal) || name.Contains("@iot.", StringComparison.Ordinal);

    internal static string Join(string where, string name) => where.Length == 0 ? name : name.Length == 0 ? where : $"{where}/{name}";

    private EntityBody? Fail(string where, string text)
    {
        _problem ??= new(where, text);
        return null;
    }

    private EntityBody? TooMuch(string where, string text)
    {
        _problem ??= new(where, text) { IsTooMuch = true };
        return null;
    }
}
