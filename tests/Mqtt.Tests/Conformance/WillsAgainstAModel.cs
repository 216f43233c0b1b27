using Mqtt.Tests.Server;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Conformance;

/// <summary>Any course of connecting, leaving, waiting and crashing publishes the wills that a simple reading of section 3.1.3.2.2 demands, each once and in its order.</summary>
public sealed class WillsAgainstAModel
{
    private const int Steps = 30;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Wills_are_published_when_a_naive_model_says(int seed)
    {
        var random = new Random(seed);
        var time = new ManualTime();
        var store = new TestStore();
        var model = new Model();
        var published = new List<string>();
        var server = await TestServer.StartAsync(store, null, time);
        RawClient? client = null;
        for (var step = 0; step < Steps; step++)
        {
            var what = random.Next(5);
            switch (what)
            {
                case 0 or 1 when client is null:
                    var (delay, expiry, clean) = (random.Next(4) * 10, random.Next(4) * 15, random.Next(3) == 0);
                    model.Connect($"{step}", delay, expiry, clean);
                    client = await WillsOnDisk.ConnectAsync(server, delay, expiry, payload: $"{step}", clean: clean);
                    break;
                case 2 when client is not null:
                    var isNormal = random.Next(2) == 0;
                    model.Leave(isNormal);
                    await client.SendAsync(Bytes.Hex(isNormal ? "E000" : "E00104"));
                    await TestServer.UntilAsync(() => server.HasEnded(client));
                    client.Dispose();
                    client = null;
                    break;
                case 3:
                    store = store.Crash();
                    published.AddRange(server.Ingest.Messages);
                    client?.Dispose();
                    client = null;
                    await server.DisposeAsync();
                    Advance(time, model, random.Next(20));
                    model.Leave(isNormal: false); // Nobody knows when it was: its time begins with the next start.
                    server = await TestServer.StartAsync(store, null, time);
                    break;
                default:
                    Advance(time, model, 2 + random.Next(20));
                    break;
            }

            Advance(time, model, 2); // Sweeps look once a second.
            var course = $"seed {seed}, step {step}: expected {string.Join(' ', model.Published)}";
            await TestServer.UntilAsync(() => published.Count + server.Ingest.Messages.Count >= model.Published.Count);
            Assert.True(model.Published.SequenceEqual(published.Concat(server.Ingest.Messages)), $"{course}, got {string.Join(' ', published.Concat(server.Ingest.Messages))}");
            await TestServer.UntilAsync(() => store.Kinds.Count(kind => kind == 'W') == model.Waiting + (client is null ? 0 : 1));
        }

        client?.Dispose();
        await server.DisposeAsync();
    }

    private static void Advance(ManualTime time, Model model, int seconds)
    {
        time.Advance(TimeSpan.FromSeconds(seconds));
        model.Now += seconds;
        model.Publish();
    }

    /// <summary>One client, seconds, and what was said.</summary>
    private sealed class Model
    {
        private (string Payload, int Delay, int Expiry)? _connected;
        private (string Payload, int Due)? _waiting;
        private int _sessionEnds = int.MinValue;

        public int Now { get; set; }

        public List<string> Published { get; } = [];

        public int Waiting => _waiting is null ? 0 : 1;

        public void Connect(string payload, int delay, int expiry, bool clean)
        {
            if (_waiting is { } will)
            {
                _waiting = null;
                if (clean || _sessionEnds <= Now)
                {
                    Published.Add($"w={will.Payload}/1");
                }
            }

            _connected = (payload, delay, expiry);
        }

        public void Leave(bool isNormal)
        {
            if (_connected is not { } left)
            {
                return;
            }

            _connected = null;
            _sessionEnds = Now + left.Expiry;
            _waiting = isNormal ? null : (left.Payload, Now + Math.Min(left.Delay, left.Expiry));
            Publish();
        }

        public void Publish()
        {
            if (_waiting is { } will && will.Due <= Now)
            {
                _waiting = null;
                Published.Add($"w={will.Payload}/1");
            }
        }
    }
}
