using System.Collections.Immutable;

namespace Quartier.Api.Http;

/// <summary>For the OpenAPI document: the media types of a body that is a text.</summary>
internal sealed record BodyMediaTypes(ImmutableArray<string> MediaTypes);
