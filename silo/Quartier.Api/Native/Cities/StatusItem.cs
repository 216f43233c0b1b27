using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Cities;

/// <summary>A status that assets of a type can be in.</summary>
internal sealed record StatusItem(string Id, BilingualText Text);
