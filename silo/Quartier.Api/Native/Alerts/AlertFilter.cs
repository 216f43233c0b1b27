using Quartier.Contracts.Alerts;

namespace Quartier.Api.Native.Alerts;

/// <summary>Which alerts of a city to list.</summary>
internal sealed record AlertFilter(string? District, AlertState? State, string? Subject, AlertCursor? After, int Limit);
