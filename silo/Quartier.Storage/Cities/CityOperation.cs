using Quartier.Storage.Databases;

namespace Quartier.Storage.Cities;

/// <summary>Something to do in a transaction of the city's database, and whom to tell when it is durable or undone.</summary>
internal sealed record CityOperation(Action<Database> Run, Action Complete, Action<Exception> Fail);
