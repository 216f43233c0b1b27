using Quartier.Api.Json;

namespace Quartier.Api.Accounts;

/// <summary>A sign-in link, shown this once.</summary>
/// <param name="Link">To be opened in the person's browser; works once.</param>
/// <param name="Until">When it ends.</param>
internal sealed record LinkCreated(string Link, UtcTime Until);
