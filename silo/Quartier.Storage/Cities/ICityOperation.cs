using Quartier.Storage.Databases;

namespace Quartier.Storage.Cities;

/// <summary>A <see cref="CityOperation{T}"/> whatever its result.</summary>
internal interface ICityOperation
{
    /// <summary>Does the work inside the open transaction.</summary>
    void Run(Database database);

    /// <summary>The transaction is durable.</summary>
    void Complete();

    /// <summary>The transaction was undone.</summary>
    void Fail(Exception reason);
}
