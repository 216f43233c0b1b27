using Microsoft.AspNetCore.Http.Metadata;

namespace Quartier.Api.Http;

/// <summary>Tells the server how long a route's body may be, so that it stops reading there.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
