using System;

namespace Kml.Training.Optimisation;

/// <summary>Course and epochs as whole numbers, doubles by their bits, so that a checkpoint gives them back to the bit.</summary>
internal static class CourseNumbers
{
    /// <summary>Numbers of an epoch.</summary>
    internal const int OfEpoch = 9;

    private const int OfCourse = 13;
    private const long Unended = -1;

    internal static long[] Of(DescentCourse c, long optimiserSteps) =>
    [
        c.Epoch, c.Row, c.Steps, Bits(c.Loss), Bits(c.Weight), Bits(c.Limit), Bits(c.BestLoss),
        c.BestEpoch, c.Waited, c.Falls, c.Elapsed.Ticks, (long?)c.Outcome ?? Unended, optimiserSteps,
    ];

    internal static (DescentCourse Course, long OptimiserSteps) Course(long[] n)
    {
        if (n.Length != OfCourse)
            throw new Model.WeightsFormatException($"the course has {n.Length} numbers, not {OfCourse}");
        DescentCourse course = new()
        {
            Epoch = Count(n[0]),
            Row = Count(n[1]),
            Steps = n[2],
            Loss = Number(n[3]),
            Weight = Number(n[4]),
            Limit = Number(n[5]),
            BestLoss = Number(n[6]),
            BestEpoch = Count(n[7]),
            Waited = Count(n[8]),
            Falls = Count(n[9]),
            Elapsed = new TimeSpan(n[10]),
            Outcome = n[11] == Unended ? null : (TrainingOutcome)n[11],
        };
        return (course, n[12]);
    }

    internal static long[] Of(EpochReport e) =>
    [
        e.Epoch, Bits(e.TrainLoss), Bits(e.ValidationLoss), e.BestEpoch, Bits(e.BestLoss),
        Bits(e.LearningRate), Bits(e.RowsPerSecond), e.Elapsed.Ticks, e.AtMostLeft.Ticks,
    ];

    internal static EpochReport Epoch(long[] n) =>
        new(Count(n[0]), Number(n[1]), Number(n[2]), Count(n[3]), Number(n[4]), (float)Number(n[5]), Number(n[6]), new TimeSpan(n[7]), new TimeSpan(n[8]));

    private static int Count(long number) =>
        number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new Model.WeightsFormatException($"the course counts {number}, which is no count of its epochs or rows");

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static double Number(long bits) => BitConverter.Int64BitsToDouble(bits);
}
