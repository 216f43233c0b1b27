using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Cities;

/// <summary>A kind of asset: what its values and statuses are called.</summary>
internal sealed record AssetTypeItem(
    string Id, BilingualText Name, string Headline, ImmutableArray<ValueItem> Values, ImmutableArray<StatusItem> Statuses);
