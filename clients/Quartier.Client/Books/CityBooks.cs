namespace Quartier.Client.Books;

/// <summary>What arrived for a city: received = stored + duplicate + refused.</summary>
/// <param name="Received">What arrived.</param>
/// <param name="Stored">Of this, stored.</param>
/// <param name="Duplicate">Of this, known already.</param>
/// <param name="Refused">Of this, refused, by reason.</param>
/// <param name="Balanced">True when the sum is right.</param>
/// <param name="Districts">By district.</param>
/// <param name="Gateways">By gateway.</param>
/// <param name="Strangers">Gateways and sensors that are not registered.</param>
public sealed record CityBooks(
    long Received,
    long Stored,
    long Duplicate,
    IReadOnlyDictionary<string, long> Refused,
    bool Balanced,
    IReadOnlyList<DistrictBooks> Districts,
    IReadOnlyList<GatewayBooks> Gateways,
    IReadOnlyList<Stranger> Strangers);
