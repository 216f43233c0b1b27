using System.Globalization;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>Addresses of entities, below the root as the request named the server.</summary>
/// <param name="root">Such as <c>http://localhost:8080/v1.1</c>.</param>
internal sealed class EntityLinks(string root)
{
    /// <summary>The path below which the API lives.</summary>
    public const string Path = "/v1.1";

    /// <summary>The root, without a slash at its end.</summary>
    public string Root => root;

    /// <summary>By the host that the request named; the loopback gate has refused foreign ones.</summary>
    public static EntityLinks Of(HttpRequest request) => new($"{request.Scheme}://{request.Host.Value}{request.PathBase}{Path}");

    public string Set(EntityKind kind) => $"{root}/{EntityTypes.Of(kind).SetName}";

    public string Self(EntityKind kind, long id) => string.Create(CultureInfo.InvariantCulture, $"{root}/{EntityTypes.Of(kind).SetName}({id})");

    public string Along(EntityKind kind, long id, Navigation relation) => $"{Self(kind, id)}/{relation.Name}";
}
