using Quartier.Storage.Databases;

namespace Quartier.Storage.Cities;

/// <summary>Something to do in a transaction of the city's database, and whom to tell.</summary>
internal sealed class CityOperation<T>(Func<Database, T> work) : ICityOperation
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>Completes when the transaction is durable.</summary>
    public Task<T> Done => _done.Task;

    /// <inheritdoc/>
    public void Run(Database database) => _result = work(database);

    /// <inheritdoc/>
    public void Complete() => _done.TrySetResult(_result!);

    /// <inheritdoc/>
    public void Fail(Exception reason) => _done.TrySetException(reason);
}
