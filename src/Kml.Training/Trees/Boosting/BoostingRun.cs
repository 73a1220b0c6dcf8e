using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;

namespace Kml.Training.Trees;

/// <summary>One fit of boosted trees.</summary>
internal sealed class BoostingRun
{
    private readonly BoostedTrees _settings;
    private readonly Samples _train;
    private readonly Samples? _validation;
    private readonly TreeTeam _team;
    private readonly BinnedRows _binned;
    private readonly BoostingObjective _objective;
    private readonly BoostingObjective? _watched;
    private readonly TreeGrower<GradientSums> _grower;
    private readonly List<CompleteTree> _trees = [];
    private readonly double[] _gains;
    private readonly double[] _gradientTotals;
    private readonly double[] _curvatureTotals;
    private readonly Action<int> _differentiate;

    internal BoostingRun(BoostedTrees settings, Samples train, Samples? validation, TreeTeam team)
    {
        _settings = settings;
        _train = train;
        _validation = validation;
        _team = team;
        _binned = new BinnedRows(train, settings.Bins, team.Run);
        _objective = Objective(train);
        _watched = validation is null ? null : Objective(validation);
        _grower = new TreeGrower<GradientSums>(_binned, train.Classes, team, RowPartition.Compresses);
        _gains = new double[train.Width];
        _gradientTotals = new double[_objective.Blocks * _objective.Outputs];
        _curvatureTotals = new double[_objective.Blocks * _objective.Outputs];
        _differentiate = Differentiate;
    }

    /// <summary>Grows the trees.</summary>
    /// <param name="unit">What the labels are in units of.</param>
    /// <returns>The predictor, of labels in their own unit.</returns>
    internal TreePredictor Run(float unit)
    {
        float[] start = _objective.Start();
        for (int output = 0; output < start.Length; output++)
        {
            _objective.Sums.AsSpan(output * _objective.Padded, _objective.Padded).Fill(start[output]);
            _watched?.Sums.AsSpan(output * _watched.Padded, _watched.Padded).Fill(start[output]);
        }

        int kept = 0;
        double best = _watched?.Loss() ?? 0;
        for (int round = 0; round < _settings.Rounds; round++)
        {
            _team.Run(_objective.Blocks, _differentiate);
            bool sampled = Sample(round);
            bool split = false;
            for (int output = 0; output < _objective.Outputs; output++)
                split |= Grow(round, output, sampled);
            if (_watched is { } watched)
            {
                double loss = watched.Loss();
                if (loss < best)
                    (best, kept) = (loss, _trees.Count);
                else if (_trees.Count - kept >= _settings.Patience * _objective.Outputs)
                    break;
            }
            else
            {
                kept = _trees.Count;
            }

            // Without draws, the next round would find nothing either.
            if (!split && !sampled && _settings.FeatureShare == 1)
                break;
        }

        LabelUnit.Restore(_trees[..kept], unit);
        return new TreePredictor(
            new TreeEnsemble(_train.Width, _trees[..kept], [.. start.Select(s => s * unit)]),
            _train.Classes,
            _objective.Link,
            Importance.Shares(_gains));
    }

    private BoostingObjective Objective(Samples samples) => samples.Classes switch
    {
        0 => new RegressionBoosting(samples, _settings.Loss),
        2 => new LogisticBoosting(samples),
        _ => new SoftmaxBoosting(samples),
    };

    private (int First, int Count) Block(int block)
    {
        int first = block * BoostingObjective.BlockRows;
        return (first, Math.Min(BoostingObjective.BlockRows, _objective.Padded - first));
    }

    private void Differentiate(int block)
    {
        (int first, int count) = Block(block);
        _objective.Differentiate(first, count);
        for (int output = 0; output < _objective.Outputs; output++)
        {
            int at = (output * _objective.Padded) + first;
            _gradientTotals[(output * _objective.Blocks) + block] = Sizes(_objective.Gradients.AsSpan(at, count));
            _curvatureTotals[(output * _objective.Blocks) + block] = Sizes(_objective.Curvatures.AsSpan(at, count));
        }
    }

    private static double Sizes(ReadOnlySpan<float> values)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < values.Length; i += 16)
            sum += Vector512.Abs(Vector512.Create(values[i..]));
        double total = 0;
        for (int lane = 0; lane < 16; lane++)
            total += sum[lane];
        return total;
    }

    /// <summary>Draws the rows of a round.</summary>
    /// <returns>Whether some are left out.</returns>
    private bool Sample(int round)
    {
        int kept = (int)Math.Max(1, Math.Round(_binned.Rows * _settings.RowShare));
        if (kept == _binned.Rows)
            return false;
        Randomness random = new(new CounterRandomness(_settings.Seed).Draw((ulong)round * 2));
        Span<byte> leftOut = _grower.LeftOut;
        for (int row = 0; row < leftOut.Length; row++)
        {
            bool keep = random.Below(leftOut.Length - row) < kept;
            leftOut[row] = keep ? (byte)0 : (byte)1;
            kept -= keep ? 1 : 0;
        }

        return true;
    }

    /// <summary>Grows a tree for an output and adds it to all sums.</summary>
    /// <returns>Whether it has a split.</returns>
    private bool Grow(int round, int output, bool sampled)
    {
        int blocks = _objective.Blocks;
        float gradientScale = Quantum.Scale(_gradientTotals.AsSpan(output * blocks, blocks).ToArray().Sum());
        float curvatureScale = Quantum.Scale(_curvatureTotals.AsSpan(output * blocks, blocks).ToArray().Sum());
        _team.Run(blocks, block => Pack(block, output, gradientScale, curvatureScale));

        int[] features = [.. Enumerable.Range(0, _train.Width)];
        int each = (int)Math.Max(1, Math.Round(features.Length * _settings.FeatureShare));
        if (each < features.Length)
        {
            features = GrowthLimits.Choose(
                features,
                each,
                new CounterRandomness(_settings.Seed).Draw(((((ulong)round * (ulong)_objective.Outputs) + (ulong)output) * 2) + 1));
        }

        SplitLimits split = new(_settings.L2 * curvatureScale, Math.Max(1, _settings.MinLeafWeight * curvatureScale));
        double gainUnit = (double)curvatureScale / gradientScale / gradientScale;
        GrownTree tree = _grower.Grow(new GrowthLimits(_settings.Depth, split, _settings.MinGain / gainUnit, features, features.Length, 0), sampled);

        Importance.Add(tree.Root, gainUnit, _gains);
        float[] leaves = _objective.HasLeafValues
            ? LeafValues(tree, sampled)
            : [.. tree.Leaves.Select(leaf => Step(leaf.Totals[0], gradientScale, curvatureScale))];
        CompleteTree complete = CompleteTree.Of(tree, _binned.Edges, leaves, 1);
        _trees.Add(complete);
        _team.Run(blocks, block => Add(block, output, complete, leaves, sampled));
        if (_watched is { } watched)
            complete.AddTo(_validation!.Features, watched.Rows, watched.Rows, watched.Sums.AsSpan(output * watched.Padded));
        return tree.Leaves.Length > 1;
    }

    private void Pack(int block, int output, float gradientScale, float curvatureScale)
    {
        (int first, int count) = Block(block);
        Span<long> payload = _grower.Payload[first..Math.Min(first + count, _binned.Rows)];
        ReadOnlySpan<float> gradients = _objective.Gradients.AsSpan((output * _objective.Padded) + first, count);
        ReadOnlySpan<float> curvatures = _objective.Curvatures.AsSpan((output * _objective.Padded) + first, count);
        Vector512<float> g = Vector512.Create(gradientScale), h = Vector512.Create(curvatureScale);
        int i = 0;
        for (; i <= payload.Length - 16; i += 16)
        {
            Vector512<int> whole = Vector512.ConvertToInt32(Vector512.Round(Vector512.Create(gradients[i..]) * g));
            Vector512<int> curved = Vector512.ConvertToInt32(Vector512.Round(Vector512.Create(curvatures[i..]) * h));
            (Vector512<long> lowG, Vector512<long> highG) = Vector512.Widen(whole);
            (Vector512<long> lowH, Vector512<long> highH) = Vector512.Widen(curved);
            ((lowG << 32) + lowH).CopyTo(payload[i..]);
            ((highG << 32) + highH).CopyTo(payload[(i + 8)..]);
        }

        for (; i < payload.Length; i++)
            payload[i] = ((long)MathF.Round(gradients[i] * gradientScale) << 32) + (long)MathF.Round(curvatures[i] * curvatureScale);
    }

    private float Step(long totals, float gradientScale, float curvatureScale)
    {
        double gradient = (totals >> 32) / (double)gradientScale, curvature = (uint)totals / (double)curvatureScale, divisor = curvature + _settings.L2;
        return divisor > 0 ? (float)(-gradient / divisor * _settings.LearningRate) : 0;
    }

    private float[] LeafValues(GrownTree tree, bool sampled)
    {
        ReadOnlySpan<ushort> leafOf = _grower.LeafOf;
        ReadOnlySpan<byte> leftOut = _grower.LeftOut;
        List<int>[] rows = [.. tree.Leaves.Select(_ => new List<int>())];
        for (int row = 0; row < leafOf.Length; row++)
        {
            if (!sampled || leftOut[row] == 0)
                rows[leafOf[row]].Add(row);
        }

        return [.. rows.Select(leaf => (float)(_objective.LeafValue(leaf.ToArray()) * _settings.LearningRate))];
    }

    private void Add(int block, int output, CompleteTree tree, float[] leaves, bool sampled)
    {
        (int first, int count) = Block(block);
        count = Math.Min(count, _binned.Rows - first);
        Span<float> sums = _objective.Sums.AsSpan((output * _objective.Padded) + first, count);
        if (sampled)
        {
            tree.AddTo(_train.Features[first..], _binned.Rows, count, sums);
            return;
        }

        ReadOnlySpan<ushort> leafOf = _grower.LeafOf.Slice(first, count);
        for (int i = 0; i < leafOf.Length; i++)
            sums[i] += leaves[leafOf[i]];
    }
}
