using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Cities;

/// <summary>A value that assets of a type have.</summary>
internal sealed record ValueItem(string Name, BilingualText Label, string Unit);
