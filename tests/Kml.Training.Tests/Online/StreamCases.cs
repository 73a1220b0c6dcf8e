using System.Collections.Generic;
using System.Linq;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Online;
using Shouldly;

namespace Kml.Training.Tests;

/// <summary>A stream of two features whose sum decides the class, and a trainer of it.</summary>
internal static class StreamCases
{
    internal static readonly OnlineOptions Classifier = new(
        NetworkForm.Of(2, new DenseLayer(8, Nonlinearity.Tanh), new DenseLayer(2, Nonlinearity.Identity)),
        new CrossEntropyLoss())
    {
        CpuShare = 1,
        Mode = IntakeMode.Blocking,
        Names = ["depth", "age"],
        WarmUpRows = 512,
    };

    internal static string Refused(OnlineOptions options) => Should.Throw<TrainingException>(() => new OnlineTrainer(options).Dispose()).Message;

    internal static (List<Publication> Published, OnlineStatus Status) Learn(OnlineOptions options, int count, int shiftAt = int.MaxValue)
    {
        List<Publication> published = [];
        Randomness random = new(7);
        using OnlineTrainer trainer = new(options);
        trainer.Published += published.Add;
        for (int i = 0; i < count; i++)
            Offer(trainer.Intakes[0], random, i >= shiftAt).ShouldBe(OfferResult.Accepted);
        trainer.Complete();
        if (published.Count > 0)
            trainer.Current.ShouldBe(published[^1].Predictor);
        return (published, trainer.Status);
    }

    internal static OfferResult Offer(Intake intake, Randomness random, bool shifted)
    {
        float a = 100 * random.Symmetric(), b = 3 + random.Symmetric();
        return intake.Offer([a, b], Class(a, b, shifted));
    }

    private static float Class(float a, float b, bool shifted) => (a / 100) + b > 3 ^ shifted ? 1 : 0;

    internal static Samples Rows(int count, ulong seed, bool shifted)
    {
        Randomness random = new(seed);
        float[] a = [.. Enumerable.Range(0, count).Select(_ => 100 * random.Symmetric())];
        float[] b = [.. Enumerable.Range(0, count).Select(_ => 3 + random.Symmetric())];
        return new Samples(["depth", "age"], [.. a, .. b], [.. a.Zip(b, (x, y) => Class(x, y, shifted))], 2);
    }
}
