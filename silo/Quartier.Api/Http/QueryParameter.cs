using System.Collections.Immutable;

namespace Quartier.Api.Http;

/// <summary>Describes a query parameter of a route once: it is read, refused and documented by this description.</summary>
/// <param name="Name">As written in the address.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Description">For the OpenAPI document.</param>
internal sealed record QueryParameter(string Name, QueryKind Kind, string Description)
{
    /// <summary>Whole numbers: the value when it is not given.</summary>
    public int Default { get; init; }

    /// <summary>Whole numbers: the least.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>Whole numbers: the greatest. Texts: the greatest length.</summary>
    public int Maximum { get; init; } = 256;

    /// <summary>Words: those that are known; the first is the default unless <see cref="Optional"/>.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Words: there is no default.</summary>
    public bool Optional { get; init; }
}
